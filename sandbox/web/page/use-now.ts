import { useEffect, useState } from 'react';

const TICK_MS = 20_000;

/** Epoch ms, every 20 seconds anew: for ages like "3 minutes ago". */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}
