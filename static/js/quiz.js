// Everything a page of a running quiz needs. On a prepared site this is one file.
import "./focus_errors.js";
import "./countdown.js";
import "./clock_put_away.js";
import "./autosave.js";
import "./strike_out.js";
import "./count_words.js";
