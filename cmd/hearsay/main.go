// Command hearsay reads the news and keeps the record of who said what: flags,
// wiring and output of the packages beside it, one file a command.
package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
	"unicode/utf8"

	"github.com/alecthomas/kong"

	"hearsay/fetch"
	"hearsay/ledger"
)

// The exit statuses; docs/cli.md and the help tell them to the user.
const (
	exitDone        = 0
	exitFailed      = 1
	exitUsage       = 2
	exitNothing     = 3
	exitInterrupted = 130 // 128 + SIGINT, as shells expect it
)

// commands is the grammar of the command line. A command is a struct whose
// fields are its flags, with a method Run(*app) error.
type commands struct {
	Color   string           `enum:"auto,always,never" default:"auto" placeholder:"WHEN" help:"Colour the output: auto (on a terminal), always or never."`
	NoColor bool             `help:"The same as --color=never; so is a NO_COLOR in the environment."`
	Version kong.VersionFlag `help:"Print the version and exit."`

	Read     readCmd     `cmd:"" help:"Print reports with the statements they attribute to somebody."`
	Add      addCmd      `cmd:"" help:"Put reports into the ledger."`
	Watch    watchCmd    `cmd:"" help:"Add what feeds bring, as they bring it."`
	Find     findCmd     `cmd:"" help:"Find statements in the ledger."`
	Thread   threadCmd   `cmd:"" help:"Show every wording of a statement, and who has it from whom."`
	Threads  threadsCmd  `cmd:"" help:"List the statements that more than one report has."`
	Check    checkCmd    `cmd:"" help:"Look the quotations of a draft up in the ledger."`
	Explain  explainCmd  `cmd:"" help:"Show why the ledger has a statement."`
	Changes  changesCmd  `cmd:"" help:"Show what changed in an article."`
	Numbers  numbersCmd  `cmd:"" help:"List what was claimed in numbers, and what does not agree."`
	Export   exportCmd   `cmd:"" help:"Write statements in the formats of other programs."`
	Outlets  outletsCmd  `cmd:"" help:"List the outlets."`
	Speakers speakersCmd `cmd:"" help:"List who is quoted."`
	Stats    statsCmd    `cmd:"" help:"Say how much the ledger holds."`
	Backup   backupCmd   `cmd:"" help:"Copy the ledger."`
	Restore  restoreCmd  `cmd:"" help:"Make a ledger of a copy."`
	Redo     redoCmd     `cmd:"" help:"Find the statements anew that an older version found."`
	Remove   removeCmd   `cmd:"" help:"Take a report out of the ledger."`
	Score    scoreCmd    `cmd:"" help:"Measure what is found against what people marked."`
	Vers     versionCmd  `cmd:"" name:"version" help:"Print the version."`
}

// app is what a command may touch of the outside.
type app struct {
	ctx    context.Context // ends when the user interrupts
	in     io.Reader
	out    io.Writer
	errs   io.Writer
	color  string // auto, always or never
	talk   *progress
	getenv func(string) string

	patient atomic.Bool // an interrupt lets the command end what it is at: a ledger is open

	fetching fetch.Options
	online   sync.Once
	client   *fetch.Client // made when the first address is fetched

	wait func(context.Context, time.Duration) // until the time is over, or the context
}

// wait is what an app waits with.
func wait(ctx context.Context, d time.Duration) {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
}

// errReported ends a command that has told the user already what failed.
var errReported = errors.New("failed")

func main() { start(fetch.Options{}) }

// start runs the program with a client that is given so.
func start(fetching fetch.Options) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	a := &app{ctx: ctx, in: os.Stdin, out: os.Stdout, errs: os.Stderr, getenv: os.Getenv, fetching: fetching, wait: wait}
	a.talk = newProgress(a.errs)
	go a.exitWhenInterrupted(stop)
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(enough)
	}
	os.Exit(run(a, os.Args[1:]))
}

// enough is the memory above which the collector works harder: a long report
// leaves much behind that is not needed any more.
const enough = 450 << 20

// exitWhenInterrupted gives the command a moment to end by itself after an
// interrupt, then ends it: a read from a terminal or a pipe cannot be called
// back. One that has a ledger open gets longer. A second interrupt ends the
// program at once.
func (a *app) exitWhenInterrupted(stop func()) {
	<-a.ctx.Done()
	stop()
	time.Sleep(300 * time.Millisecond)
	if a.patient.Load() {
		time.Sleep(time.Minute)
	}
	a.talk.clear()
	os.Exit(exitInterrupted)
}

// run parses the arguments, runs the command and returns the exit status.
func run(a *app, args []string) int {
	var cmds commands
	exited := -1
	parser := kong.Must(&cmds,
		kong.Name("hearsay"),
		kong.Description(about),
		kong.Vars{"version": version()},
		kong.Writers(a.out, a.errs),
		kong.Exit(func(code int) { exited = code }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}),
	)
	if len(args) > 0 && args[0] == "help" { // as many programs have it
		args = append(slices.Clone(args[1:]), "--help")
	}
	parsed, err := parser.Parse(args)
	if exited >= 0 { // --help and --version
		return exited
	}
	if err != nil {
		return a.wrongUsage(err)
	}
	asGiven(cmds.Read.Paths, args)
	asGiven(cmds.Add.Paths, args)
	a.color = cmds.Color
	if cmds.NoColor {
		a.color = "never"
	}
	err = parsed.Run(a)
	a.talk.clear()
	return a.status(err)
}

// asGiven puts the bytes of the arguments in the place of paths that are no
// UTF-8, in which the parser has put U+FFFD for what is no character.
func asGiven(paths, args []string) {
	for i, path := range paths {
		for k, arg := range args {
			if !utf8.ValidString(arg) && string([]rune(arg)) == path {
				paths[i], args = arg, slices.Delete(slices.Clone(args), k, k+1)
				break
			}
		}
	}
}

// status tells the user of an error that is not told yet and returns the exit
// status for it.
func (a *app) status(err error) int {
	switch {
	case err == nil:
		return exitDone
	case a.ctx.Err() != nil:
		return exitInterrupted
	case errors.Is(err, syscall.EPIPE): // whoever read the output has seen enough
		return exitFailed
	}
	if !errors.Is(err, errReported) {
		a.complain(err)
	}
	if errors.Is(err, errNothing) || errors.Is(err, ledger.ErrNotFound) {
		return exitNothing
	}
	return exitFailed
}

// wrongUsage says what is wrong with the arguments.
func (a *app) wrongUsage(err error) int {
	a.complain(err)
	fmt.Fprintln(a.errs, `Run "hearsay --help" or "hearsay COMMAND --help" to see what there is.`)
	return exitUsage
}

// complain prints one error on a line of its own.
func (a *app) complain(err error) {
	a.talk.clear()
	fmt.Fprintf(a.errs, "hearsay: %s\n", oneLine(err.Error()))
}

const about = `hearsay reads the news and keeps the record of who said what.

From each report it takes the statements that the report attributes to somebody: who said it, the words that say so, and what was said. Every record is a range of the report's own text; nothing is made up and nothing is judged.

Exit status: 0 done, 1 something failed, 2 wrong usage, 3 nothing found, 130 interrupted.`

type versionCmd struct{}

// Run prints the version.
func (versionCmd) Run(a *app) error {
	_, err := fmt.Fprintln(a.out, version())
	return err
}

// version says which build this is.
func version() string {
	return fmt.Sprintf("hearsay %s (%s %s/%s)", release(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
}

// release is the number of the version, "devel" for a build without one.
func release() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "(devel)" {
		return cmp.Or(info.Main.Version, "devel")
	}
	return "devel"
}
