/** The safetensors format, float32 only: a JSON header of names, shapes and offsets, then the numbers. Trusts no byte. */
import type { NamedTensor } from '../engine/contract.ts';
import { cellCount } from '../engine/shape/cells.ts';
import { floatBytes } from '../engine/shape/memory.ts';

const lengthBytes = 8;
/** Far above any header of ours, far below what could hurt. */
const maxHeaderBytes = 2 ** 20;
const maxTensors = 4096;

/** The tensors as one file, in the order given. */
export function writeSafetensors(
  tensors: readonly NamedTensor[],
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  let offset = 0;
  const entries = tensors.map(({ name, shape, data }) => {
    const begin = offset;
    offset += data.length * floatBytes;
    return [name, { dtype: 'F32', shape, data_offsets: [begin, offset] }] as const;
  });
  const header = JSON.stringify({ __metadata__: metadata, ...Object.fromEntries(entries) });
  // Numbers begin at a multiple of eight; the format allows spaces after the header.
  const headerBytes = new TextEncoder().encode(header);
  const padded = new Uint8Array(Math.ceil(headerBytes.length / 8) * 8).fill(0x20);
  padded.set(headerBytes);
  const file = new Uint8Array(lengthBytes + padded.length + offset);
  new DataView(file.buffer).setBigUint64(0, BigInt(padded.length), true);
  file.set(padded, lengthBytes);
  let position = lengthBytes + padded.length;
  for (const { data } of tensors) {
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), position);
    position += data.byteLength;
  }
  return file;
}

/** The tensors of a file. @throws Error that says which rule the file breaks. */
export function readSafetensors(bytes: ArrayBuffer): NamedTensor[] {
  const header = readHeader(bytes);
  const start = lengthBytes + header.length;
  const entries = Object.entries(header.fields).filter(([name]) => name !== '__metadata__');
  if (entries.length > maxTensors) throw broken(`there may be at most ${maxTensors} tensors`, entries.length);
  const tensors = entries.map(([name, field]) => ({ name, ...readEntry(name, field) }));
  let end = 0;
  for (const { name, begin, end: next } of [...tensors].sort((a, b) => a.begin - b.begin)) {
    if (begin !== end) throw broken(`${name} must begin where the one before ends, at ${end}`, begin);
    end = next;
  }
  if (start + end !== bytes.byteLength) throw broken('the last tensor must end where the file ends', bytes.byteLength);
  return tensors.map(({ name, shape, begin, end: last }) => ({
    name,
    shape,
    data: new Float32Array(bytes.slice(start + begin, start + last)),
  }));
}

function readHeader(bytes: ArrayBuffer): { length: number; fields: Record<string, unknown> } {
  if (bytes.byteLength < lengthBytes) throw broken('the file must have a header', bytes.byteLength);
  const length = new DataView(bytes).getBigUint64(0, true);
  if (length > BigInt(Math.min(maxHeaderBytes, bytes.byteLength - lengthBytes))) {
    throw broken(`the header must fit into the file and into ${maxHeaderBytes} bytes`, length);
  }
  return { length: Number(length), fields: parseHeader(new Uint8Array(bytes, lengthBytes, Number(length))) };
}

function parseHeader(bytes: Uint8Array): Record<string, unknown> {
  let fields: unknown;
  try {
    fields = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw broken('the header must be JSON in UTF-8', error);
  }
  if (!isObject(fields)) throw broken('the header must be a JSON object', JSON.stringify(fields));
  return fields;
}

function readEntry(name: string, field: unknown): { shape: number[]; begin: number; end: number } {
  if (!isObject(field) || field['dtype'] !== 'F32') throw broken(`${name} must be of dtype F32`, JSON.stringify(field));
  const shape = field['shape'];
  const offsets = field['data_offsets'];
  if (!isSizes(shape) || !isSizes(offsets) || offsets.length !== 2) {
    throw broken(`${name} must have a shape and two data_offsets`, JSON.stringify(field));
  }
  const [begin = 0, end = 0] = offsets;
  const cells = cellCount(shape);
  if (!Number.isSafeInteger(cells * floatBytes) || end - begin !== cells * floatBytes) {
    throw broken(`${name} must take ${cells * floatBytes} bytes`, end - begin);
  }
  return { shape, begin, end };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.length <= 8 && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

function broken(rule: string, received: unknown): Error {
  return new Error(`safetensors: ${rule}. Received ${String(received)}.`);
}
