/** The page's first line: the theme as remembered, then the one element. */
import './tokens.css';
import { applyTheme, rememberedTheme } from './theme.ts';
import './receptive-app.ts';

applyTheme(rememberedTheme());
