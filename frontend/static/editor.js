// The list editor's page. Its parts import each other by their plain names, and this one is imported by none of them:
// the page asks for it by a name that changes with its content, and would get a second copy.

import "./editor-form.js";
import "./copying.js";
import "./editor-acts.js";
import "./editor-drag.js";
import "./editor-keys.js";
import "./editor-links.js";
import "./editor-roster.js";
