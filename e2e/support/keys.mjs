// The key pairs of a login service, tokens signed with them, and its JWK Set.
import { generateKeyPairSync, sign as signBytes } from 'node:crypto';
import { createServer } from 'node:http';

const KINDS = {
  RS256: { make: () => generateKeyPairSync('rsa', { modulusLength: 2048 }), hash: 'sha256' },
  ES256: { make: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }), hash: 'sha256' },
  EdDSA: { make: () => generateKeyPairSync('ed25519'), hash: null },
};

const base64url = (value) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/** A key pair for one algorithm; without a kid, its tokens have none. */
export class SigningKey {
  #pair;

  constructor(alg, kid) {
    this.alg = alg;
    this.kid = kid;
    this.#pair = KINDS[alg].make();
  }

  get jwk() {
    return { ...this.#pair.publicKey.export({ format: 'jwk' }), kid: this.kid, alg: this.alg, use: 'sig' };
  }

  get pem() {
    return this.#pair.publicKey.export({ format: 'pem', type: 'spki' });
  }

  get privatePem() {
    return this.#pair.privateKey.export({ format: 'pem', type: 'pkcs8' });
  }

  /** A token that is valid for an hour, unless the claims say otherwise; `header` overrides the usual header. */
  sign(claims, header = {}) {
    const exp = Math.floor(Date.now() / 1000) + 3600;
    const body = `${base64url({ alg: this.alg, typ: 'JWT', kid: this.kid, ...header })}.${base64url({ exp, ...claims })}`;
    const key = { key: this.#pair.privateKey, ...(this.alg === 'ES256' && { dsaEncoding: 'ieee-p1363' }) };
    return `${body}.${signBytes(KINDS[this.alg].hash, Buffer.from(body), key).toString('base64url')}`;
  }
}

/** Serves the public keys of `keys` on loopback; counts requests in `asked`. */
export class JwksServer {
  asked = 0;
  keys = [];
  /** If set, the status to answer instead of the key set. */
  status;

  static async start(...keys) {
    const jwks = new JwksServer();
    jwks.keys = keys;
    jwks.server = createServer((request, response) => {
      jwks.asked += 1;
      response.writeHead(jwks.status ?? 200, { 'Content-Type': 'application/jwk-set+json' });
      response.end(JSON.stringify({ keys: jwks.keys.map(({ jwk }) => jwk) }));
    });
    await new Promise((resolve) => jwks.server.listen(0, '127.0.0.1', resolve));
    jwks.url = `http://127.0.0.1:${jwks.server.address().port}/.well-known/jwks.json`;
    return jwks;
  }

  stop() {
    this.server.closeAllConnections();
    this.server.close();
  }
}
