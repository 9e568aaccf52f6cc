import {connect, createServer} from 'node:net';
import {once} from 'node:events';

/** A line to a server that a test can cut and mend. */
export class Line {
  #server;
  #sockets = new Set();
  #isCut = false;

  static async to(target) {
    const [host, port] = target.split(':');
    const line = new Line();
    line.#server = createServer((near) => {
      if (line.#isCut) {
        near.destroy();
        return;
      }
      const far = connect(Number(port), host);
      for (const [one, other] of [[near, far], [far, near]]) {
        line.#sockets.add(one);
        one.pipe(other);
        one.on('error', () => other.destroy());
        one.on('close', () => { line.#sockets.delete(one); other.destroy(); });
      }
    }).listen(0, '127.0.0.1');
    await once(line.#server, 'listening');
    return line;
  }

  get target() {
    return `127.0.0.1:${this.#server.address().port}`;
  }

  cut() {
    this.#isCut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  mend() {
    this.#isCut = false;
  }

  close() {
    this.cut();
    this.#server.close();
  }
}
