/* main.tsx - the entry: look, language, routes. Each group of screens is a chunk of its own. */
import { render } from 'preact';
import { LocationProvider, Route, Router } from 'preact-iso/router';
import lazy, { ErrorBoundary } from 'preact-iso/lazy';
import { followLook } from './app/look';
import { registerWorker } from './app/worker';
import { Home } from './me/Home';
import { NotFound } from './ui/NotFound';

const Kiosk = lazy(() => import('./kiosk/Kiosk'));
const Login = lazy(() => import('./me/Login'));
const Products = lazy(() => import('./me/Products'));

function App() {
  return (
    <LocationProvider>
      <ErrorBoundary>
        <Router>
          <Route path="/" component={Home} />
          <Route path="/kiosk" component={Kiosk} />
          <Route path="/login" component={Login} />
          <Route path="/products" component={Products} />
          <Route default component={NotFound} />
        </Router>
      </ErrorBoundary>
    </LocationProvider>
  );
}

followLook();
const root = document.getElementById('app');
if (root) render(<App />, root);
registerWorker();
