import admin from './admin.ts';
import demo from './demo.ts';
import notices from './notices.ts';
import page from './page.ts';
import subscription from './subscription.ts';

/** Everything the product says; what this language says, every complete language says. */
export default { ...page, ...subscription, ...notices, ...admin, ...demo };
