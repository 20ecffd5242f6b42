# shellcheck shell=bash
# Progress: one line a step, the detail in the log, how long each part took.
#
# A step is a function. It runs in a subshell of its own under "set -e", with its output in the log; what it has
# to tell the user it says with "note". A step in the background is started early and joined where its result is
# needed.

STEP_NUMBER=0
STEP_TOTAL=0
STEP_NAMES=()
STEP_TIMES=()
RUN_DIR=
declare -A BACKGROUND_PIDS=()

die() {
    echo "$(basename "$0"): $*" >&2
    exit 1
}

open_log() { # $1 the log file; what a former run wrote is kept as .old
    mkdir -p "$(dirname "$1")"
    [ ! -e "$1" ] || mv "$1" "$1.old"
    (umask 027 && : >"$1")
    LOG=$1
    RUN_DIR=$(mktemp -d)
    trap 'stop_background; rm -rf "$RUN_DIR"' EXIT
    trap 'echo; echo "Interrupted; run it again to go on." >&2; exit 130' INT TERM
}

# Called inside a step: a line for the user, shown when the step's own line is complete.
note() {
    echo "note: $*"
    printf '%s\n' "$*" >>"$NOTES"
}

# Called inside a step: it can not go on, and this is what the user can do.
fail() {
    echo "failed: $*"
    printf '%s\n' "$*" >>"$RUN_DIR/reason"
    exit 1
}

step() { # $1 title, then the function with its arguments
    local title=$1 started status=0 pid
    shift
    begin_line "$title"
    started=$EPOCHREALTIME
    NOTES=$RUN_DIR/notes run_logged "$title" "$LOG" "$@" &
    pid=$!
    follow "$pid" "$started" || status=$?
    end_line "$title" "$status" "$started" "$RUN_DIR/notes" "$LOG"
}

step_in_background() { # $1 title, then the function; join it with step_join
    local title=$1
    shift
    NOTES=$RUN_DIR/notes.$title run_logged "$title" "$RUN_DIR/log.$title" "$@" &
    BACKGROUND_PIDS[$title]=$!
    echo "$EPOCHREALTIME" >"$RUN_DIR/started.$title"
}

step_join() { # $1 title of a step in the background
    local title=$1 status=0
    begin_line "$title"
    follow "${BACKGROUND_PIDS[$title]}" "$EPOCHREALTIME" || status=$?
    unset "BACKGROUND_PIDS[$title]"
    cat "$RUN_DIR/log.$title" >>"$LOG"
    end_line "$title" "$status" "$(cat "$RUN_DIR/started.$title")" "$RUN_DIR/notes.$title" "$LOG" \
        "$(cat "$RUN_DIR/ended.$title")"
}

stop_background() {
    local pid
    for pid in "${BACKGROUND_PIDS[@]}"; do
        kill "$pid" 2>/dev/null || true
    done
}

run_logged() { # $1 title, $2 log, then the function
    local title=$1 log=$2 status=0
    shift 2
    trap - EXIT INT
    {
        echo "=== $title: $(date '+%F %T')"
        # Not in a condition: there, bash would ignore set -e.
        set +e
        (
            set -e
            "$@"
        )
        status=$?
        # Without the lock of the whole run, which a daemon that is started here would keep.
    } >>"$log" 2>&1 </dev/null 9>&-
    echo "$EPOCHREALTIME" >"$RUN_DIR/ended.$title"
    return "$status"
}

begin_line() {
    STEP_NUMBER=$((STEP_NUMBER + 1))
    printf '[%2d/%d] %s ... ' "$STEP_NUMBER" "$STEP_TOTAL" "$1"
}

follow() { # waits for $1, which began at $2; shows the seconds where somebody looks on
    local shown=''
    if [ -t 1 ]; then
        while kill -0 "$1" 2>/dev/null; do
            sleep 0.2
            printf '%s' "${shown//?/$'\b'}"
            shown="$(seconds_since "$2") s "
            printf '%s' "$shown"
        done
        printf '%s%s%s' "${shown//?/$'\b'}" "${shown//?/ }" "${shown//?/$'\b'}"
    fi
    wait "$1"
}

end_line() { # $1 title, $2 status, $3 when it began, $4 its notes, $5 the log, $6 when it ended (now)
    local took
    took=$(seconds_since "$3" "${6:-}")
    if [ "$2" = 0 ]; then
        echo "done ($took s)"
        STEP_NAMES+=("$1")
        STEP_TIMES+=("$took")
        show_notes "$4"
        return
    fi
    echo "FAILED ($took s)"
    show_notes "$4"
    show_failure "$1" "$5"
    exit 1
}

show_notes() {
    [ ! -s "$1" ] || sed 's/^/        /' "$1"
    rm -f "$1"
}

show_failure() { # $1 title, $2 log
    {
        echo
        if [ -s "$RUN_DIR/reason" ]; then
            sed 's/^/  /' "$RUN_DIR/reason"
        else
            echo "  The last lines of the log:"
            tail -n 15 "$2" | sed 's/^/    /'
        fi
        echo
        echo "  The step '$1' failed. All of it is in $2."
        echo "  When the cause is gone run $0 again: what is done already is not done again."
    } >&2
}

seconds_since() { # $1 and, if given, $2: values of EPOCHREALTIME
    awk -v from="$1" -v to="${2:-$EPOCHREALTIME}" 'BEGIN {printf "%.1f", to - from}'
}

show_times() {
    local index
    for index in "${!STEP_NAMES[@]}"; do
        printf '  %-42s %7s s\n' "${STEP_NAMES[$index]}" "${STEP_TIMES[$index]}"
    done
}

# Waits until a command succeeds: wait_until SECONDS WHAT-IT-MEANS COMMAND...
wait_until() {
    local deadline=$((SECONDS + $1)) what=$2
    shift 2
    until "$@" >/dev/null 2>&1; do
        [ "$SECONDS" -lt "$deadline" ] || fail "$what"
        sleep 0.2
    done
}
