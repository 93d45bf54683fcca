import type { Json } from '../../../json.ts';
import { asText, isList, isObject } from '../values.ts';
import { AwsError } from '../service.ts';

/**
 * As much of CBOR (RFC 8949) as the rpc-v2-cbor protocol uses: numbers, text, bytes, lists, maps with text keys, booleans,
 * null, and tag 1 for times. https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html
 */
export function encodeCbor(value: Json): Uint8Array {
  const pieces: Buffer[] = [];
  write(value, pieces);
  return Buffer.concat(pieces);
}

function write(value: Json, pieces: Buffer[]): void {
  if (value === null || value === undefined) pieces.push(Buffer.of(0xf6));
  else if (typeof value === 'boolean') pieces.push(Buffer.of(value ? 0xf5 : 0xf4));
  else if (typeof value === 'number') pieces.push(numeral(value));
  else if (typeof value === 'string') pieces.push(head(3, Buffer.byteLength(value)), Buffer.from(value));
  else if (value instanceof Uint8Array) pieces.push(head(2, value.length), Buffer.from(value));
  else if (value instanceof Date) pieces.push(head(6, 1), double(value.getTime() / 1000));
  else if (isList(value)) {
    pieces.push(head(4, value.length));
    for (const item of value) write(item, pieces);
  } else if (isObject(value)) {
    const given = Object.entries(value).filter(([, item]) => item !== undefined);
    pieces.push(head(5, given.length));
    for (const [name, item] of given) {
      write(name, pieces);
      write(item, pieces);
    }
  }
}

function head(major: number, size: number): Buffer {
  if (size < 24) return Buffer.of((major << 5) | size);
  const bytes = Buffer.alloc(9);
  bytes[0] = (major << 5) | 27;
  bytes.writeBigUInt64BE(BigInt(size), 1);
  return bytes;
}

function numeral(value: number): Buffer {
  if (!Number.isSafeInteger(value)) return double(value);
  return value < 0 ? head(1, -1 - value) : head(0, value);
}

function double(value: number): Buffer {
  const bytes = Buffer.alloc(9);
  bytes[0] = 0xfb;
  bytes.writeDoubleBE(value, 1);
  return bytes;
}

/** The value that the bytes say; refuses what is not CBOR as AWS refuses an unreadable body. */
export function decodeCbor(bytes: Buffer): Json {
  const reader = new Reader(bytes);
  try {
    return reader.read();
  } catch (problem) {
    if (problem instanceof RangeError) throw new AwsError('SerializationException', 'The body is not CBOR');
    throw problem;
  }
}

class Reader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  read(): Json {
    const first = this.#bytes.readUInt8(this.#at++);
    const major = first >> 5;
    const minor = first & 31;
    if (major === 7) return this.#simple(minor);
    const size = minor === 31 ? Number.POSITIVE_INFINITY : this.#size(minor);
    switch (major) {
      case 0:
        return size;
      case 1:
        return -1 - size;
      case 2:
        return this.#take(size);
      case 3:
        return this.#take(size).toString('utf8');
      case 4:
        return this.#list(size);
      case 5:
        return this.#map(size);
      default:
        return this.#tagged(size);
    }
  }

  #size(minor: number): number {
    if (minor < 24) return minor;
    const width = 2 ** (minor - 24);
    const size = width === 8 ? Number(this.#bytes.readBigUInt64BE(this.#at)) : this.#bytes.readUIntBE(this.#at, width);
    this.#at += width;
    return size;
  }

  #take(size: number): Buffer {
    if (size > this.#bytes.length - this.#at) throw new RangeError('beyond the end');
    this.#at += size;
    return this.#bytes.subarray(this.#at - size, this.#at);
  }

  #simple(minor: number): Json {
    if (minor === 20 || minor === 21) return minor === 21;
    if (minor === 26 || minor === 27) {
      const width = minor === 26 ? 4 : 8;
      this.#at += width;
      return width === 4 ? this.#bytes.readFloatBE(this.#at - 4) : this.#bytes.readDoubleBE(this.#at - 8);
    }
    return null;
  }

  #list(size: number): Json {
    const items: Json[] = [];
    while (items.length < size && !this.#ended()) items.push(this.read());
    return items;
  }

  #map(size: number): Json {
    const entries: [string, Json][] = [];
    while (entries.length < size && !this.#ended()) entries.push([asText(this.read()), this.read()]);
    return Object.fromEntries(entries);
  }

  /** Whether the 'break' of an indefinite list or map comes next (and passes it). */
  #ended(): boolean {
    if (this.#bytes[this.#at] !== 0xff) return false;
    this.#at += 1;
    return true;
  }

  #tagged(tag: number): Json {
    const value = this.read();
    return tag === 1 && typeof value === 'number' ? new Date(value * 1000) : value;
  }
}
