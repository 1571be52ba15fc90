// What is asked of the page's code beside its types. `tsc` knows which names there are, so eslint does not ask again.

import js from "@eslint/js";

export default [
  { ignores: ["node_modules/"] },
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2022, sourceType: "module" },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "no-undef": "off",
      "consistent-return": "error",
      curly: ["error", "multi-line"],
      eqeqeq: "error",
      "max-depth": ["error", 4],
      "max-lines": ["error", 600],
      "max-lines-per-function": ["error", { max: 60, skipComments: true, skipBlankLines: true }],
      "no-alert": "error",
      "no-console": "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-param-reassign": "off",
      "no-restricted-properties": [
        "error",
        { property: "innerHTML", message: "Text only ever becomes a text node: use el()." },
        { property: "outerHTML", message: "Text only ever becomes a text node: use el()." },
        { property: "insertAdjacentHTML", message: "Text only ever becomes a text node: use el()." },
      ],
      "no-restricted-globals": ["error", "fetch", "XMLHttpRequest", "WebSocket"],
      "no-shadow": ["error", { builtinGlobals: false }],
      "no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": ["error", { destructuring: "all" }],
      "prefer-template": "error",
    },
  },
];
