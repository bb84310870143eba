/** The one style sheet of the pages, inside of each of them, and the policy that lets a page use it and nothing else. */
import { createHash } from 'node:crypto';
import { constantHtml } from './html.js';

const SHEET = `
:root{color-scheme:light dark;--bg:#fbfbf9;--card:#fff;--log:#f5f5f1;--text:#1d2025;--dim:#5a616c;--line:#e3e3dd;--link:#0a58a8;
--green:#1a7a37;--red:#b42318;--amber:#8a5800;--blue:#0a62c0;--violet:#7a3fb0;--cyan:#0b6b78}
@media (prefers-color-scheme:dark){:root{--bg:#14161a;--card:#1a1d22;--log:#101216;--text:#e4e6ea;--dim:#9aa2ae;--line:#2b2f37;--link:#82bbff;
--green:#55c777;--red:#ff8278;--amber:#e5b450;--blue:#6cb0ff;--violet:#c79bf2;--cyan:#5cc8d6}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:52rem;padding:1.25rem 1rem 3rem;background:var(--bg);color:var(--text);font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif;overflow-wrap:anywhere}
a{color:var(--link);text-underline-offset:.15em;text-decoration-thickness:.06em}
a:focus-visible,summary:focus-visible,pre:focus-visible{outline:.15rem solid var(--blue);outline-offset:.15rem;border-radius:.2rem}
header,footer,.d{color:var(--dim);font-size:.875rem}
nav span{margin:0 .35rem}
h1{display:flex;gap:.75rem;margin:1.1rem 0 .6rem;font-size:1.5rem;line-height:1.25;font-weight:650;letter-spacing:-.01em}
h1 strong{color:var(--t);font-weight:inherit}h1>span+span{padding-top:.2rem}
h2{margin:2.1rem 0 .6rem;font-size:1.05rem;font-weight:650}h2 small{margin-left:.4rem;font-weight:400}
p{margin:.4rem 0}
.what{font-size:1.0625rem}
code,pre,.n{font-family:ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.8125rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.3rem 1.1rem;margin:1rem 0 0;font-size:.9375rem}
dt{color:var(--dim)}dd{margin:0;min-width:0}
ul,ol{list-style:none;margin:0;padding:0}
.box{background:var(--card);border:1px solid var(--line);border-radius:.6rem;overflow:hidden}
.box>li+li{border-top:1px solid var(--line)}
.box p,.row{padding:.5rem .85rem;margin:0}.box ol+p,.box p+p{padding:0 .85rem .6rem 2.95rem}
.row{display:grid;grid-template-columns:.8rem 1fr auto;gap:0 .65rem;align-items:baseline}
summary{cursor:pointer;list-style:none}
summary::-webkit-details-marker{display:none}
summary>bdi::after{content:"";display:inline-block;margin-left:.5rem;border:.26rem solid transparent;border-left-color:var(--dim);transform-origin:25% 50%}
details[open]>summary>bdi::after{transform:rotate(90deg) translate(.1rem,-.1rem)}
summary:hover{background:var(--log)}
ol{padding:0 0 .4rem 1.45rem;font-size:.9375rem}
ol .row{padding:.15rem .85rem .15rem 0}
.row>.d{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
.why{grid-column:2/4;color:var(--dim);font-size:.9375rem}
.bad{color:var(--red)}
.s,.m{forced-color-adjust:none}
.s{align-self:center;width:.8rem;height:.8rem;overflow:hidden;text-indent:2rem;white-space:nowrap;background:var(--t)}
.m{flex:none;display:grid;place-items:center;width:2.3rem;height:2.3rem;border-radius:50%;background:var(--t)}
.m .s{width:1.05rem;height:1.05rem;background:var(--bg)}
.success{--t:var(--green)}.failure,.error{--t:var(--red)}.held,.allowed{--t:var(--amber)}.running{--t:var(--blue)}
.canceled,.skipped,.queued,.waiting{--t:var(--dim)}
.s.success{clip-path:polygon(12% 46%,0 59%,38% 94%,100% 20%,87% 8%,37% 69%)}
.s.failure,.s.allowed{clip-path:polygon(20% 4%,4% 20%,34% 50%,4% 80%,20% 96%,50% 66%,80% 96%,96% 80%,66% 50%,96% 20%,80% 4%,50% 34%)}
.s.error{clip-path:polygon(36% 0,64% 0,59% 64%,50% 64%,50% 76%,64% 76%,64% 100%,36% 100%,36% 76%,50% 76%,50% 64%,41% 64%)}
.s.canceled{clip-path:inset(16% round 12%)}
.s.skipped{clip-path:inset(41% 4%)}
.s.held{clip-path:polygon(14% 6%,40% 6%,40% 50%,60% 50%,60% 6%,86% 6%,86% 94%,60% 94%,60% 50%,40% 50%,40% 94%,14% 94%)}
.s.running{clip-path:circle(40%)}.s.queued,.s.waiting{clip-path:circle(24%)}
@media (prefers-reduced-motion:no-preference){.s.running{animation:p 2s ease-in-out infinite}@keyframes p{50%{opacity:.35}}}
pre{margin:.6rem 0 0;padding:.75rem .9rem;background:var(--log);border:1px solid var(--line);border-radius:.6rem;line-height:1.55;white-space:pre-wrap;unicode-bidi:plaintext;tab-size:4;overflow:hidden auto}
.end{display:flex;flex-direction:column-reverse;max-height:min(28rem,70vh)}
.le{color:var(--red);font-weight:600}.lw{color:var(--amber)}.lg{display:inline-block;padding-top:.4rem;font-weight:650}.ld,.cd{color:var(--dim)}.cs{font-weight:650}
.fe{display:inline-block;min-width:100%;box-shadow:-.55rem 0 0 -.3rem var(--red)}
.cr{color:var(--red)}.cg{color:var(--green)}.cy{color:var(--amber)}.cb{color:var(--blue)}.cm{color:var(--violet)}.cc{color:var(--cyan)}
footer{margin-top:2.5rem;padding-top:.9rem;border-top:1px solid var(--line)}
@media (max-width:34rem){h1{font-size:1.25rem}dl{gap:.3rem .8rem}.n{display:none}ol{padding-left:.85rem}.box ol+p,.box p+p{padding-left:2.35rem}}
@media print{.end{max-height:none}}
`.replaceAll('\n', '');

export const STYLE = constantHtml(`<style>${SHEET}</style>`);

const HASH = createHash('sha256').update(SHEET).digest('base64');

/** Nothing is loaded, run, sent or framed; the icon of the tab is inside of the page. */
export const PAGE_POLICY = `default-src 'none'; style-src 'sha256-${HASH}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
