// What a server notices when it imports a module of the package: prints its names, and which globals are new or others.
const globals = () => new Map(Object.getOwnPropertyNames(globalThis).map((name) => [name, globalThis[name]]));

const before = globals();
const module = await import(process.argv[2]);
const after = globals();

const added = [...after.keys()].filter((name) => !before.has(name)).sort();
const changed = [...before.keys()].filter((name) => !Object.is(before.get(name), after.get(name)));
const defined = customElements.get("cross-entropy-demo") !== undefined;
const { wholePage } = module.CrossEntropyDemo;
console.log(JSON.stringify({ names: Object.keys(module), added, changed, defined, wholePage }));
