/** A file as numpy.save writes it. */
export function npy(descr: "<f4" | "<i8", shape: readonly number[], data: Float32Array | BigInt64Array): Buffer {
  const size = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${size}), }`;
  const start = Buffer.from("\x93NUMPY\x01\x00\x00\x00", "latin1");
  const padded = `${header.padEnd(128 - start.length - 1)}\n`;
  start.writeUInt16LE(padded.length, 8);
  return Buffer.concat([start, Buffer.from(padded), new Uint8Array(data.buffer)]);
}
