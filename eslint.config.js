/** What is asked of the code beyond its types. Formatting is Prettier's, imports' direction a spec's (e2e/house). */
import { existsSync } from 'node:fs';
import { configs as lit } from 'eslint-plugin-lit';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** The strict content policy forbids inline styles, and markup made from strings is how a page is broken into. */
const templateRules = {
  'no-restricted-syntax': [
    'error',
    {
      selector: 'TaggedTemplateExpression[tag.name=/^(html|svg)$/] TemplateElement[value.raw=/\\sstyle\\s*=/]',
      message: 'No style= in templates: the content policy drops it. Use a class or element.style.setProperty.',
    },
    {
      selector: 'AssignmentExpression[left.property.name=/^(innerHTML|outerHTML)$/]',
      message: 'No markup from strings: render a template or set textContent.',
    },
    {
      selector: 'CallExpression[callee.property.name="setAttribute"][arguments.0.value="style"]',
      message: 'No style attribute: the content policy drops it. Use element.style.setProperty.',
    },
    {
      selector: 'CallExpression[callee.property.name="insertAdjacentHTML"]',
      message: 'No markup from strings: render a template or set textContent.',
    },
  ],
  'no-restricted-imports': [
    'error',
    {
      patterns: [
        { group: ['lit/directives/style-map*'], message: 'styleMap writes a style attribute: use style.setProperty.' },
        { group: ['lit/directives/unsafe-*'], message: 'No markup from strings: render a template.' },
      ],
    },
  ],
};

// The types of the trainers compared are only there once `npm run bench` has installed them.
const uninstalled = existsSync(new URL('bench/node_modules', import.meta.url)) ? [] : ['bench/peers/'];

export default defineConfig(
  globalIgnores(['dist/', '.cache/', 'test-results/', 'public/', ...uninstalled]),
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      eqeqeq: ['error', 'always'],
      'no-console': 'error',
      'no-eval': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // Interfaces that are awaited may be met by functions that have nothing to await.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  { files: ['src/**/*.ts'], extends: [lit['flat/recommended']], rules: templateRules },
  {
    files: ['scripts/**/*.ts', 'e2e/**/*.ts', 'bench/**/*.ts', '**/*.spec.ts'],
    rules: {
      'no-console': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['**/*.mjs', '*.js'],
    extends: [tseslint.configs.strict],
    rules: { eqeqeq: ['error', 'always'] },
  },
);
