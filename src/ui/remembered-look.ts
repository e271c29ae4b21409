/** Puts the remembered theme and colours on the document, before anything is drawn in them. */
import { applyColours, rememberedColours } from './colours.ts';
import { applyTheme, rememberedTheme } from './theme.ts';

applyTheme(rememberedTheme());
applyColours(rememberedColours());
