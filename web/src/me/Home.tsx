// SPDX-License-Identifier: MIT
/* Home.tsx - "/": on to the products for who is signed in, else to the sign-in. */
import { useEffect } from 'preact/hooks';
import { go } from '../app/router';
import { resume } from '../app/session';
import { Waiting } from '../ui/Waiting';

export default function Home() {
  useEffect(() => {
    void resume().then((signedIn) => go(signedIn ? '/products' : '/login', true));
  }, []);
  return <Waiting />;
}
