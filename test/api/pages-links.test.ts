/** Links that a page makes of addresses from outside. */
import { describe, expect, it } from 'vitest';
import { addressUnder, webLink } from '../../src/api/pages/links.js';

describe('the address that a job gave for its environment', () => {
  it('is a link that shows where it leads', () => {
    const link =
      '<a href="https://shop.example.org/v2?a=1&amp;b" rel="nofollow noreferrer">https://shop.example.org/v2?a=1&amp;b</a>';
    expect(String(webLink('https://shop.example.org/v2?a=1&b'))).toBe(link);
    expect(String(webLink('HTTP://example.org'))).toContain('href="http://example.org/"');
  });

  it('shows letters that look like others as a browser would ask for them', () => {
    expect(String(webLink('https://gооgle.example/'))).toContain('>https://xn--ggle-55da.example/<');
  });

  it.each([
    'javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'file:///etc/passwd',
    'https://alice:secret@example.org/',
    'ftp://example.org/',
    '//example.org/',
    'example.org',
    '" onclick="alert(1)',
    `https://example.org/${'a'.repeat(1_000)}`,
  ])('is text and no link: %s', (url) => {
    const shown = String(webLink(url));
    expect(shown).not.toContain('<a');
    expect(shown).not.toContain('<script');
    expect(shown).toMatch(/^<bdi>[^<>"]{1,200}<\/bdi>$/);
  });
});

describe('the address of a page of the forge', () => {
  it('is one under its instance alone', () => {
    expect(addressUnder('https://pagure.io', 'https://pagure.io/lab')).toBe('https://pagure.io/lab');
    for (const url of ['https://pagure.io.evil.org/lab', 'https://evil.org/https://pagure.io/', 'pagure.io/lab'])
      expect(addressUnder('https://pagure.io', url)).toBeNull();
  });
});
