import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';

const pieceBytes = 16384;

/** A file on a server that can do what servers do. */
export class ServedFile {
  bytes: Uint8Array;
  /** Its ETag; null: it has none. */
  version: string | null = '"one"';
  /** Whether parts can be asked for. */
  ranges = true;
  /** Whether it is said how long it is, where all of it is given. */
  tellsLength = true;
  /** The status of every answer; 0: as it should be. */
  status = 0;
  /** After so many bytes of a body the connection ends. */
  cutAfter = Infinity;
  /** How many bodies end so. */
  cuts = Infinity;
  /** Milliseconds between two pieces of 16 KB. */
  pause = 0;
  /** What was asked for: the range, or 'all'. */
  readonly asked: string[] = [];
  /** Bytes of bodies that were taken off by the network. */
  sent = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** Answers one request. */
  readonly answer = (request: IncomingMessage, response: ServerResponse): void => {
    const { range } = request.headers;
    this.asked.push(range ?? 'all');
    const size = this.bytes.length;
    if (this.version !== null) response.setHeader('ETag', this.version);
    const [, from = '', to = ''] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? [];
    if (this.status !== 0) {
      response.writeHead(this.status).end('no');
    } else if (this.ranges && from !== '') {
      const begin = Number(from);
      const end = Math.min(size, Number(to) + 1);
      if (begin >= size) {
        response.writeHead(416, { 'Content-Range': `bytes */${size}` }).end();
        return;
      }
      response.writeHead(206, {
        'Content-Range': `bytes ${begin}-${end - 1}/${size}`,
        'Content-Length': end - begin,
        'Accept-Ranges': 'bytes',
      });
      this.#send(response, begin, end);
    } else {
      response.writeHead(200, this.tellsLength ? { 'Content-Length': size } : {});
      this.#send(response, 0, size);
    }
  };

  #send(response: ServerResponse, begin: number, end: number): void {
    const { bytes, cutAfter, pause } = this;
    const pieces = async function* (file: ServedFile) {
      for (let at = begin; at < end; at += pieceBytes) {
        if (at - begin >= cutAfter && file.cuts > 0) {
          file.cuts -= 1;
          response.destroy();
          return;
        }
        if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
        const piece = bytes.slice(at, Math.min(end, at + pieceBytes));
        file.sent += piece.length;
        yield piece;
      }
    };
    Readable.from(pieces(this)).pipe(response);
  }
}
