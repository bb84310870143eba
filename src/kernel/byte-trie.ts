/** A set of byte strings: which of them does a text hold at one place? Grows without being built anew. */

const FIRST_SLOTS = 1024;

/**
 * Nodes are numbers, the root is 0; an edge is a slot of one open hash table, found by node and byte. Where only one string
 * goes on, its rest is no chain of nodes but the node's `tail`, which has no edges then.
 */
export class ByteTrie {
  private readonly strings: { readonly bytes: Uint8Array; readonly owner: number }[] = [];
  /** Node × 256 + byte + 1 of each edge, 0 for a free slot. */
  private edges = new Int32Array(FIRST_SLOTS);
  private targets = new Int32Array(FIRST_SLOTS);
  /** By node: the owner, from 1, of the string that ends there; 0 for none. */
  private owners = new Int32Array(FIRST_SLOTS);
  /** By node: the string, from 1, that alone goes on; 0 for none. */
  private tails = new Int32Array(FIRST_SLOTS);
  private nodes = 1;

  /** @param owner from 0; the first one of a string stays. */
  add(bytes: Uint8Array, owner: number): void {
    let node = 0;
    for (let depth = 0; depth < bytes.length; depth += 1) {
      if (this.tails[node] !== 0) this.pushDown(node, depth);
      const next = this.next(node, bytes[depth]!);
      if (next === 0) return this.putRest(this.grow(node, bytes[depth]!), depth + 1, this.keep(bytes, owner));
      node = next;
    }
    this.owners[node] ||= owner + 1;
  }

  /** Where the longest string that begins at `start` ends; 0 for none. */
  longestEnd(text: Uint8Array, start: number): number {
    let end = 0;
    for (let node = 0, at = start; at < text.length;) {
      node = this.next(node, text[at]!);
      if (node === 0) break;
      at += 1;
      if (this.owners[node] !== 0) end = at;
      const tail = this.tails[node]!;
      if (tail !== 0) return this.reaches(tail, text, start, at - start) || end;
    }
    return end;
  }

  /** The owners of all strings that begin at `start`. */
  ownersAt(text: Uint8Array, start: number): readonly number[] {
    const found: number[] = [];
    for (let node = 0, at = start; at < text.length;) {
      node = this.next(node, text[at]!);
      if (node === 0) break;
      at += 1;
      if (this.owners[node] !== 0) found.push(this.owners[node]! - 1);
      const tail = this.tails[node]!;
      if (tail === 0) continue;
      if (this.reaches(tail, text, start, at - start) > 0) found.push(this.strings[tail - 1]!.owner);
      break;
    }
    return found;
  }

  /** Does the text end within a string that begins at `start`, so that what follows may complete it? */
  isCutAt(text: Uint8Array, start: number): boolean {
    for (let node = 0, at = start; at < text.length;) {
      node = this.next(node, text[at]!);
      if (node === 0) return false;
      at += 1;
      const tail = this.tails[node]!;
      if (tail === 0) continue;
      const { bytes } = this.strings[tail - 1]!;
      if (start + bytes.length <= text.length) return false;
      while (at < text.length && bytes[at - start] === text[at]) at += 1;
      return at === text.length;
    }
    return true;
  }

  /** Where a string ends that the text holds from `start` on, of which `depth` bytes are known to agree; 0 when it does not. */
  private reaches(tail: number, text: Uint8Array, start: number, depth: number): number {
    const { bytes } = this.strings[tail - 1]!;
    if (start + bytes.length > text.length) return 0;
    for (let i = depth; i < bytes.length; i += 1) if (bytes[i] !== text[start + i]) return 0;
    return start + bytes.length;
  }

  private keep(bytes: Uint8Array, owner: number): number {
    return this.strings.push({ bytes, owner });
  }

  /** A string that is known to go on alone gets an edge, since another one comes. */
  private pushDown(node: number, depth: number): void {
    const tail = this.tails[node]!;
    this.tails[node] = 0;
    this.putRest(this.grow(node, this.strings[tail - 1]!.bytes[depth]!), depth + 1, tail);
  }

  private putRest(node: number, depth: number, string: number): void {
    const { bytes, owner } = this.strings[string - 1]!;
    if (bytes.length === depth) this.owners[node] = owner + 1;
    else this.tails[node] = string;
  }

  /** 0 where no edge leads on. */
  private next(node: number, byte: number): number {
    const edge = node * 256 + byte + 1;
    const mask = this.edges.length - 1;
    for (let slot = slotOf(edge) & mask; ; slot = (slot + 1) & mask) {
      const found = this.edges[slot];
      if (found === edge) return this.targets[slot]!;
      if (found === 0) return 0;
    }
  }

  private grow(node: number, byte: number): number {
    if (this.nodes * 2 > this.edges.length) this.double();
    const target = this.nodes++;
    this.put(node * 256 + byte + 1, target);
    return target;
  }

  private put(edge: number, target: number): void {
    const mask = this.edges.length - 1;
    let slot = slotOf(edge) & mask;
    while (this.edges[slot] !== 0) slot = (slot + 1) & mask;
    this.edges[slot] = edge;
    this.targets[slot] = target;
  }

  private double(): void {
    const { edges, targets } = this;
    this.edges = new Int32Array(edges.length * 2);
    this.targets = new Int32Array(edges.length * 2);
    this.owners = doubled(this.owners);
    this.tails = doubled(this.tails);
    edges.forEach((edge, slot) => edge !== 0 && this.put(edge, targets[slot]!));
  }
}

function doubled(values: Int32Array): Int32Array<ArrayBuffer> {
  const copy = new Int32Array(values.length * 2);
  copy.set(values);
  return copy;
}

function slotOf(edge: number): number {
  return Math.imul(edge, 0x9e3779b1) >>> 9;
}
