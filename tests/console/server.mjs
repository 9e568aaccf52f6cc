// A rubricator-server that lives as long as a test needs it, and can go away and come back at the same address.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";

const SOURCE = path.resolve(new URL("../..", import.meta.url).pathname);
const BUILD = process.env.RUBRICATOR_BUILD_DIR ?? path.join(SOURCE, "build/release");
const PROGRAM = process.env.RUBRICATOR_SERVER ?? path.join(BUILD, "bin/rubricator-server");
const START_MS = 60_000; // under a sanitizer, on a busy machine

export class RunningServer {
  /** @param {{model?: string}} [options] */
  constructor({ model = process.env.RUBRICATOR_MODEL_DIR ?? path.join(SOURCE, "models/default") } = {}) {
    this.folder = mkdtempSync(path.join(tmpdir(), "rubricator-console-"));
    this.model = model;
    this.port = 0;
  }

  /** @returns {Promise<string>} the console's address */
  async start() {
    const portFile = path.join(this.folder, "http_port");
    rmSync(portFile, { force: true });
    this.process = spawn(
      PROGRAM,
      [
        "--listen",
        "127.0.0.1:0",
        "--http-listen",
        `127.0.0.1:${this.port}`,
        "--http-port-file",
        portFile,
        "--model-dir",
        this.model,
        "--routing-file",
        path.join(SOURCE, "examples/routing.yaml"),
        "--drain-seconds",
        "0",
        "--log-level",
        "warn",
      ],
      { stdio: ["ignore", "inherit", "inherit"] },
    );
    this.ended = new Promise((resolve) => {
      this.process.once("exit", resolve);
    });
    for (const begin = Date.now(); !existsSync(portFile) || !readFileSync(portFile, "utf8").trim(); await wait(20)) {
      if (this.process.exitCode !== null || Date.now() - begin > START_MS) throw new Error("the server did not start");
    }
    this.port = Number(readFileSync(portFile, "utf8"));
    return `http://127.0.0.1:${this.port}/`;
  }

  async stop() {
    if (this.process.exitCode === null) this.process.kill("SIGTERM");
    await this.ended;
  }

  async end() {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
