// Writes ONNX models: protobuf's wire format, and as much of onnx.proto as a graph of a few operators needs.

const varint = (value) => (value < 128 ? [value] : [(value & 127) | 128, ...varint(value >> 7)]);
const integer = (field, value) => [...varint(field << 3), ...varint(value)];
const bytes = (field, content) => [...varint((field << 3) | 2), ...varint(content.length), ...content];
const string = (field, text) => bytes(field, [...new TextEncoder().encode(text)]);
const message = (field, ...parts) => bytes(field, parts.flat());

/** TensorProto.DataType */
const types = { float32: 1, int32: 6 };

/** Runs an operator on named values: node("Exp", ["x"], ["y"]). */
export const node = (operator, inputs, outputs) =>
  message(1, ...inputs.map((name) => string(1, name)), ...outputs.map((name) => string(2, name)), string(4, operator));

export const input = (name, type, shape) => described(11, name, type, shape);
export const output = (name, type, shape) => described(12, name, type, shape);

/** shape holds names; equal names are equal sizes. */
function described(field, name, type, shape) {
  const sizes = shape.map((size) => message(1, string(2, size)));
  return message(field, string(1, name), message(2, message(1, integer(1, types[type]), message(2, ...sizes))));
}

/** A model of nodes, inputs and outputs. */
export function model(...parts) {
  const irVersion = 8;
  const operatorSet = 17;
  return Uint8Array.from([
    ...integer(1, irVersion),
    ...message(7, ...parts, string(2, "graph")),
    ...message(8, integer(2, operatorSet)),
  ]);
}
