/** The page to try the API: Swagger UI's own files and these few lines, served as files of ours so that no script stands in the page. */

/** Nothing from elsewhere, no script or style in the page, no frame, no form. */
export const TRY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export const TRY_PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>pagure-actions: the API</title>
<link rel="stylesheet" href="/api/try/swagger-ui.css">
<link rel="icon" href="/api/try/favicon-32x32.png">
</head>
<body>
<noscript>This page is made by a script. The description itself: <a href="/api/openapi.json">/api/openapi.json</a>.</noscript>
<div id="api"></div>
<script src="/api/try/swagger-ui-bundle.js"></script>
<script src="/api/try/start.js"></script>
</body>
</html>
`;

/** A token that is typed in stays in the page: it is gone when the page is. */
const START = `window.addEventListener('load', () => {
  window.SwaggerUIBundle({
    url: '/api/openapi.json',
    dom_id: '#api',
    persistAuthorization: false,
    validatorUrl: null,
    queryConfigEnabled: false,
    withCredentials: false,
    tryItOutEnabled: true,
    docExpansion: 'none',
    defaultModelsExpandDepth: 0,
    operationsSorter: 'alpha',
    tagsSorter: 'alpha',
  });
});
`;

/** Files of ours, by name: media type and text. */
export const OWN_FILES: ReadonlyMap<string, readonly [string, string]> = new Map([
  ['start.js', ['text/javascript; charset=utf-8', START]],
]);

/** Files of Swagger UI; nothing else of its folder is served. */
export const SWAGGER_UI_FILES: readonly string[] = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'];
