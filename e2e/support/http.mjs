// A plain HTTP client: bytes in, bytes out; no status is an error.
import http from 'node:http';
import { randomUUID } from 'node:crypto';
import { WEBHOOK_TOKEN } from './tokens.mjs';

/**
 * Sends one request. `body` is a string, a Buffer, or any other value as JSON. The answer has `status`, `headers`,
 * `body` (bytes), `text`, `connection`, and `json` if it is JSON.
 */
export function request(url, { method, headers = {}, body, agent, timeoutMs = 30_000 } = {}) {
  const bytes = body === undefined || typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const outgoing = http.request(url, {
      method: method ?? (bytes === undefined ? 'GET' : 'POST'),
      agent,
      headers: {
        ...(bytes === undefined
          ? {}
          : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(bytes) }),
        ...headers,
      },
    });
    outgoing.setTimeout(timeoutMs, () => outgoing.destroy(new Error(`No answer from ${url} within ${timeoutMs} ms`)));
    outgoing.on('error', reject);
    outgoing.on('response', (response) => {
      const chunks = [];
      // The local port identifies the connection; read here, since a kept-alive connection is reused before `end`.
      const connection = response.socket.localPort;
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const answer = { status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) };
        answer.text = answer.body.toString('utf8');
        answer.connection = connection;
        if (/[/+]json/.test(response.headers['content-type'] ?? '')) answer.json = JSON.parse(answer.text);
        resolve(answer);
      });
    });
    outgoing.end(bytes);
  });
}

/** Posts to `/api/v1/broadcast/{event}` with the webhook token in the body. */
export function broadcast(service, event, fields, options = {}) {
  return request(`${service.url}/api/v1/broadcast/${event}`, {
    ...options,
    body: { token: WEBHOOK_TOKEN, ...fields },
  });
}

/** Like `broadcast`, but any status other than 200 is an error; returns the body. */
export async function accepted(service, event, fields, options) {
  const answer = await broadcast(service, event, fields, options);
  if (answer.status !== 200) throw new Error(`${event} was answered ${answer.status}: ${answer.text}`);
  return answer.json;
}

/** A unique text. */
export const unique = (prefix = 'id') => `${prefix}-${randomUUID().slice(0, 8)}`;

/** Sorts things by the stream ids in the answers to their posts. */
export function inStreamOrder(answers, things) {
  const key = (id) => id.split('-').map(Number);
  return things
    .map((thing, i) => [key(answers[i].id), thing])
    .sort(([[ms1, seq1]], [[ms2, seq2]]) => ms1 - ms2 || seq1 - seq2)
    .map(([, thing]) => thing);
}
