/** The page's first lines: the look as remembered, then the one element. */
import './tokens.css';
import './first-paint.css';
import './remembered-look.ts';
import './receptive-app.ts';
