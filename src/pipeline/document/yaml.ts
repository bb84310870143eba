/** YAML text to our nodes, by the library `yaml`, with every rule of LANGUAGE.md "Reading YAML" that is not about keys. */
import {
  Composer,
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  Parser,
  type Node as YamlNode,
} from 'yaml';
import { decode, LimitReached, MAX_BYTES, MAX_DEPTH, MAX_NODES, tokensOf } from './limits.js';
import type { ListNode, MapEntry, MapNode, Node, ScalarNode, Spot } from './node.js';
import { scalarNode } from './scalar.js';
import type { ProblemList } from './problem-list.js';

/** The document's root, or null with at least one problem. Throws a LimitReached. */
export function readYaml(input: string | Uint8Array, problems: ProblemList): Node | null {
  const text = decode(input, problems);
  if (text === null) return null;
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines.addNewLine(at + 1);
  const tokens = tokensOf(text, lines, problems);
  return tokens && new YamlReader(text, lines, problems).read(tokens);
}

class YamlReader {
  private nodes = 0;
  /** Aliases that are being followed, and the characters of text that they have brought so far. */
  private following = 0;
  private copied = 0;
  private readonly anchors = new Map<string, YamlNode>();
  private readonly open = new Set<YamlNode>();

  constructor(
    private readonly text: string,
    private readonly lines: LineCounter,
    private readonly problems: ProblemList,
  ) {}

  read(tokens: readonly string[]): Node | null {
    const contents = this.contentsOf(tokens);
    if (this.problems.hasErrors()) return null;
    if (contents === null || (isScalar(contents) && contents.value === null)) {
      this.problems.error({ line: 1, column: 1 }, 'file-empty', 'the file is empty: a pipeline needs `on` and `jobs`');
      return null;
    }
    return this.node(contents, 1);
  }

  /** As the library's `parseDocument`, without cutting the text into tokens once more. */
  private contentsOf(tokens: readonly string[]): YamlNode | null {
    const options = { uniqueKeys: false, prettyErrors: false, resolveKnownTags: false, logLevel: 'error' } as const;
    const composed = new Composer(options).compose(parsed(tokens), true, this.text.length);
    const [first, second] = firstTwo(composed);
    if (first) this.report(first, second?.range[0] ?? null);
    return (first?.contents ?? null) as YamlNode | null;
  }

  /** Only the first fault: those behind it mostly follow from it. */
  private report({ errors, warnings }: Document, secondAt: number | null): void {
    const [first] = [...errors, ...warnings].sort((a, b) => a.pos[0] - b.pos[0]);
    if (secondAt !== null && (!first || secondAt <= first.pos[0])) {
      const message = 'one document per file: a `---` starts a second one';
      this.problems.error(this.spot(secondAt), 'several-documents', message);
    } else if (first) {
      const hint = first.code === 'TAG_RESOLVE_FAILED' ? ' (a text that begins with ! needs quotes)' : '';
      this.problems.error(this.spot(first.pos[0]), 'yaml-syntax', `not valid YAML: ${first.message}${hint}`);
    }
  }

  private spot(offset: number): Spot {
    const { line, col } = this.lines.linePos(Math.min(offset, this.text.length));
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  }

  private spotOf(node: YamlNode): Spot {
    return this.spot(node.range?.[0] ?? 0);
  }

  private node(node: YamlNode, depth: number): Node {
    this.count(node, depth);
    if (isAlias(node)) return this.aliased(node.source, this.spotOf(node), depth);
    if ('anchor' in node && typeof node.anchor === 'string') this.anchors.set(node.anchor, node);
    if (isScalar(node)) return this.scalar(node);
    this.open.add(node);
    const read = isMap(node) ? this.map(node, depth) : this.list(node, depth);
    this.open.delete(node);
    return read;
  }

  private count(node: YamlNode, depth: number): void {
    this.nodes += 1;
    if (this.nodes > MAX_NODES)
      this.stop(
        node,
        'too-many-nodes',
        `the file has more than ${MAX_NODES} values, aliases counted as often as they are used`,
      );
    if (depth > MAX_DEPTH) this.stop(node, 'too-deep', `the file is nested more than ${MAX_DEPTH} deep`);
  }

  private countCopy(node: YamlNode): void {
    const [start, end] = node.range ?? [0, 0];
    this.copied += end - start;
    if (this.copied > MAX_BYTES)
      this.stop(node, 'file-too-large', `what the aliases of the file stand for has more than ${MAX_BYTES} characters`);
  }

  private stop(node: YamlNode, code: string, message: string): never {
    this.problems.error(this.spotOf(node), code, message);
    throw new LimitReached();
  }

  private aliased(name: string, spot: Spot, depth: number): Node {
    const target = this.anchors.get(name);
    if (target && !this.open.has(target)) return this.follow(target, depth);
    const message = target
      ? `the alias *${name} stands inside what it names`
      : `no anchor &${name} stands before this alias`;
    this.problems.error(spot, 'bad-alias', message);
    return { kind: 'scalar', value: null, spot, spotAt: () => spot };
  }

  private follow(target: YamlNode, depth: number): Node {
    this.following += 1;
    const node = this.node(target, depth);
    this.following -= 1;
    return node;
  }

  private scalar(node: YamlNode): ScalarNode {
    if (this.following > 0) this.countCopy(node);
    return scalarNode(node, this.text, (offset) => this.spot(offset));
  }

  private list(node: YamlNode, depth: number): ListNode {
    const items = isSeq(node) ? node.items : [];
    return { kind: 'list', spot: this.spotOf(node), items: items.map((item) => this.child(item, node, depth)) };
  }

  private child(item: unknown, parent: YamlNode, depth: number): Node {
    if (isPair(item)) return this.node(this.pairAsMap(parent), depth + 1);
    return this.node(item as YamlNode, depth + 1);
  }

  /** `[a: b]` is a list of a map; nobody writes pipelines so, and the library has no node for it. */
  private pairAsMap(parent: YamlNode): never {
    return this.stop(parent, 'yaml-syntax', 'a map inside [ ] needs its own { }');
  }

  private map(node: YamlNode, depth: number): MapNode {
    const spot = this.spotOf(node);
    const seen = new Map<string, Spot>();
    const entries = (isMap(node) ? node.items : []).flatMap((pair) => {
      const entry = this.entry(pair.key, pair.value, spot, depth);
      return entry && this.isFirst(entry, seen) ? [entry] : [];
    });
    return { kind: 'map', entries, spot };
  }

  private entry(key: unknown, value: unknown, around: Spot, depth: number): MapEntry | null {
    const keyNode = isAlias(key) ? this.node(key, depth) : isScalar(key) ? this.scalar(key as YamlNode) : null;
    if (keyNode?.kind !== 'scalar') {
      const spot = keyNode?.spot ?? (key === null ? around : this.spotOf(key as YamlNode));
      this.problems.error(spot, 'key-not-text', 'a key must be a plain word or text');
      return null;
    }
    if (isScalar(key) && typeof key.anchor === 'string') this.anchors.set(key.anchor, key as YamlNode);
    const name = keyText(keyNode, key);
    if (name === '<<') {
      this.problems.error(keyNode.spot, 'merge-key', 'merge keys (<<) are not read: use an alias for the whole value');
      return null;
    }
    const node = value === null ? nothingAt(keyNode.spot) : this.node(value as YamlNode, depth + 1);
    return { key: name, keyNode, value: node };
  }

  private isFirst(entry: MapEntry, seen: Map<string, Spot>): boolean {
    const folded = entry.key.toLowerCase();
    const first = seen.get(folded);
    if (!first) {
      seen.set(folded, entry.keyNode.spot);
      return true;
    }
    this.problems.error(
      entry.keyNode.spot,
      'duplicate-key',
      `\`${entry.key}\` stands in line ${first.line} already (keys ignore case)`,
    );
    return false;
  }
}

/** Ends at the first fault, as no other is told. */
function* parsed(tokens: readonly string[]) {
  const parser = new Parser();
  for (const token of tokens) {
    for (const part of parser.next(token)) {
      yield part;
      if (part.type === 'error') return yield* parser.end();
    }
  }
  yield* parser.end();
}

function firstTwo<T>(items: Iterable<T>): readonly T[] {
  const found: T[] = [];
  for (const item of items) if (found.push(item) === 2) break;
  return found;
}

/** A key is what is written: `1.10:` is the key `1.10`. */
function keyText(node: ScalarNode, key: unknown): string {
  if (isScalar(key) && typeof key.source === 'string') return key.source;
  return node.value === null ? '' : String(node.value);
}

function nothingAt(spot: Spot): ScalarNode {
  return { kind: 'scalar', value: null, spot, spotAt: () => spot };
}
