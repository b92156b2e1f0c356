// A sandboxed processor: BullMQ runs it in a process, or a thread, of its own.
module.exports = async ({ data }) => {
  let primes = 0;
  for (let n = 2; n < data.below; n++) {
    let isPrime = true;
    for (let by = 2; by * by <= n && isPrime; by++) isPrime = n % by !== 0;
    if (isPrime) primes++;
  }
  return { primes, pid: process.pid };
};
