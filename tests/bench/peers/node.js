// celoss beside its peers in Node. ./build.sh peers
import { print } from "./table.js";
import { compare } from "./timing.js";

print(await compare(), `Node ${process.versions.node}`);
