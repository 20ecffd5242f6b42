# Flattens a JSON document to lines "path<TAB>value", one for each string, number and literal:
#   {"keys": {"a": "x"}, "list": ["y"]}  ->  keys.a<TAB>x   list.0<TAB>y
# Newlines in strings stay written as \n, so that a value is always one line.

function blanks() { sub(/^[ \t\r\n]+/, "", text) }

function string_value(    out, c) {
    text = substr(text, 2)
    out = ""
    while (length(text)) {
        c = substr(text, 1, 1)
        if (c == "\"") { text = substr(text, 2); return out }
        if (c == "\\") {
            c = substr(text, 2, 1)
            out = out (c == "n" || c == "t" || c == "r" || c == "u" ? "\\" c : c)
            text = substr(text, 3)
        } else {
            match(text, /^[^"\\]+/)
            out = out substr(text, 1, RLENGTH)
            text = substr(text, RLENGTH + 1)
        }
    }
    exit 1
}

function value(path,    key, i) {
    blanks()
    if (text ~ /^\{/) {
        text = substr(text, 2); blanks()
        while (text !~ /^\}/) {
            if (text !~ /^"/) exit 1
            key = string_value(); blanks()
            text = substr(text, 2)
            value(path (path == "" ? "" : ".") key)
            blanks(); sub(/^,/, "", text); blanks()
        }
        text = substr(text, 2)
    } else if (text ~ /^\[/) {
        text = substr(text, 2); blanks()
        for (i = 0; text !~ /^\]/; i++) {
            if (text == "") exit 1
            value(path "." i)
            blanks(); sub(/^,/, "", text); blanks()
        }
        text = substr(text, 2)
    } else if (text ~ /^"/) {
        key = string_value()
        print path "\t" key
    } else if (match(text, /^[-+.A-Za-z0-9]+/)) {
        print path "\t" substr(text, 1, RLENGTH)
        text = substr(text, RLENGTH + 1)
    } else exit 1
}

{ text = text $0 "\n" }
END { value("") }
