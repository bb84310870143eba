/** The first lines of the server. */
import { describe, expect, it } from 'vitest';
import { greeting, ownUrl } from '../src/greeting.js';

const SETTINGS = { address: '127.0.0.1', port: 8080, publicUrl: 'http://127.0.0.1:8080', dataDir: '/data', slots: 2 };

describe('the greeting', () => {
  it('says where the server listens, its web-hook, its data, its jobs and how they are run', () => {
    expect(greeting(SETTINGS, ['host: …'])).toEqual([
      'pagure-actions listens at http://127.0.0.1:8080',
      '  web-hook   http://127.0.0.1:8080/hooks/pagure',
      '  data       /data',
      '  jobs       2 at once',
      '  executor   host: …',
    ]);
  });

  it('says both addresses where the world knows it by another one', () => {
    const lines = greeting({ ...SETTINGS, publicUrl: 'https://ci.example.org' }, []);
    expect(lines.slice(0, 3)).toEqual([
      'pagure-actions listens at http://127.0.0.1:8080',
      '  public     https://ci.example.org',
      '  web-hook   https://ci.example.org/hooks/pagure',
    ]);
  });

  it('writes an IPv6 address as URLs do', () => {
    expect(ownUrl({ address: '::1', port: 80 })).toBe('http://[::1]:80');
  });
});
