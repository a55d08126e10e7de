// Runs Python beside the page: boots Pyodide, unpacks the library, and passes messages to answering.py.
"use strict";

const PYTHON = new URL("../pyodide/", self.location.href).href;
// What pyodide-lock.json of this version says of itself; of its packages none is needed.
const INFO = { abi_version: "2026_0", arch: "wasm32", platform: "emscripten_5_0_3", python: "3.14.2" };
const HOME = "/book";

let answer = null; // the function of answering.py

// Counts the bytes that arrive, so that the page can show how far it is.
let arrived = 0;
const plainFetch = self.fetch.bind(self);
let lose = () => {}; // ends the start of Python, with a reason

function counted(response) {
  if (!response.body) return response;
  const counter = new TransformStream({
    transform(chunk, out) {
      arrived += chunk.byteLength;
      self.postMessage({ arrived });
      out.enqueue(chunk);
    },
  });
  const { status, statusText, headers } = response;
  return new Response(response.body.pipeThrough(counter), { status, statusText, headers });
}

self.fetch = async (...request) => {
  try {
    const response = await plainFetch(...request);
    if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
    return counted(response);
  } catch (error) {
    lose(error); // Pyodide itself may wait without end for a file that does not come
    throw error;
  }
};

async function fetched(address) {
  return (await self.fetch(address)).arrayBuffer();
}

async function boot(mark) {
  const lost = new Promise((_, reject) => { lose = reject; });
  lost.catch(() => {}); // also where nobody waits for it any more
  const archive = fetched(new URL(`python.zip?${mark}`, self.location.href).href);
  archive.catch(() => {}); // reported below, where it is awaited
  const { loadPyodide } = await import(`${PYTHON}pyodide.mjs`);
  const quiet = () => {};
  const lock = JSON.stringify({ info: INFO, packages: {} });
  const streams = { stdout: quiet, stderr: quiet };
  const loaded = loadPyodide({ indexURL: PYTHON, lockFileContents: lock, ...streams });
  const pyodide = await Promise.race([loaded, lost]);
  pyodide.unpackArchive(await archive, "zip", { extractDir: HOME });
  pyodide.runPython(`import sys; sys.path.insert(0, "${HOME}")`);
  answer = pyodide.pyimport("answering").answer;
}

self.addEventListener("message", async ({ data: { id, mark, message } }) => {
  try {
    if (mark !== undefined) {
      await boot(mark);
      self.postMessage({ id });
    } else {
      self.postMessage({ id, reply: answer(message) });
    }
  } catch (error) {
    self.postMessage({ id, failed: String(error) });
  }
});
