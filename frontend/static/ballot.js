// A ballot that the server signs without seeing it, so that nothing that comes with it can be told to be this device's.
// The other half is ttx/store/blind.py. SHA-256 is here since browsers give none on plain http.

const E = 65537n;
const BLOCKS = 9; // of 256 bits: one more than a key has
const LABEL = new TextEncoder().encode("ttx ballot");

/** A ballot for the key with this modulus, the factor that hides it, and what is to be signed; in hexadecimal. */
export function drawn(key) {
  const n = BigInt(`0x${key}`);
  const ballot = crypto.getRandomValues(new Uint8Array(32));
  let factor = 0n;
  while (factor < 2n || inverse(factor, n) === null) factor = number(crypto.getRandomValues(new Uint8Array(288))) % n;
  const blinded = (hashed(ballot, n) * power(factor, n)) % n;
  return { ballot: hex(ballot), factor: factor.toString(16), blinded: blinded.toString(16) };
}

/** The signature of a ballot from what the server made of the blinded one; null if it is none. */
export function unblinded({ ballot, factor }, signed, key) {
  const n = BigInt(`0x${key}`);
  const signature = (BigInt(`0x${signed}`) * inverse(BigInt(`0x${factor}`), n)) % n;
  const bytes = Uint8Array.from(ballot.match(/../g), (two) => parseInt(two, 16));
  return power(signature, n) === hashed(bytes, n) ? signature.toString(16) : null;
}

function hashed(ballot, n) {
  const all = new Uint8Array(32 * BLOCKS);
  for (let block = 0; block < BLOCKS; block += 1) all.set(sha256(Uint8Array.of(...LABEL, block, ...ballot)), 32 * block);
  return number(all) % n;
}

const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const number = (bytes) => BigInt(`0x${hex(bytes)}`);

/** base ** E mod n. */
function power(base, n) {
  let made = base;
  for (let bit = 0; bit < 16; bit += 1) made = (made * made) % n;
  return (made * base) % n; // E is 2**16 + 1
}

function inverse(value, n) {
  let [a, b, x, y] = [value, n, 1n, 0n];
  while (b) {
    const times = a / b;
    [a, b, x, y] = [b, a - times * b, y, x - times * y];
  }
  return a === 1n ? ((x % n) + n) % n : null;
}

// SHA-256 (FIPS 180-4): the first 32 bits of the fractional parts of the roots of the first 64 primes.

const primes = [];
for (let one = 2; primes.length < 64; one += 1) if (primes.every((prime) => one % prime)) primes.push(one);
const fraction = (root) => Math.floor((root - Math.floor(root)) * 2 ** 32) | 0;
const START = primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
const ROUND = primes.map((prime) => fraction(Math.cbrt(prime)));
const turned = (word, by) => (word >>> by) | (word << (32 - by));

/** The SHA-256 of some bytes. */
export function sha256(bytes) {
  const padded = new DataView(new ArrayBuffer(Math.ceil((bytes.length + 9) / 64) * 64));
  bytes.forEach((byte, at) => padded.setUint8(at, byte));
  padded.setUint8(bytes.length, 0x80);
  padded.setUint32(padded.byteLength - 4, bytes.length * 8);
  const state = [...START];
  const words = new Int32Array(64);
  for (let at = 0; at < padded.byteLength; at += 64) {
    for (let t = 0; t < 64; t += 1) {
      if (t < 16) { words[t] = padded.getInt32(at + 4 * t); continue; }
      const [x, y] = [words[t - 15], words[t - 2]];
      words[t] = words[t - 16] + (turned(x, 7) ^ turned(x, 18) ^ (x >>> 3)) + words[t - 7] + (turned(y, 17) ^ turned(y, 19) ^ (y >>> 10));
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let t = 0; t < 64; t += 1) {
      const one = (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + ROUND[t] + words[t]) | 0;
      const two = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [a, b, c, d, e, f, g, h] = [(one + two) | 0, a, b, c, (d + one) | 0, e, f, g];
    }
    [a, b, c, d, e, f, g, h].forEach((word, place) => { state[place] = (state[place] + word) | 0; });
  }
  const made = new DataView(new ArrayBuffer(32));
  state.forEach((word, place) => made.setInt32(4 * place, word));
  return new Uint8Array(made.buffer);
}
