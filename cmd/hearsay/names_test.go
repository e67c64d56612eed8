package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestNamesThatAreNoUTF8(t *testing.T) {
	dir := t.TempDir()
	var args []string
	for _, name := range []string{"bad\xff.txt", "bad\xfe.txt", "bad\ufffd.txt"} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte("“No,” said Ines Dorva of Velmora.\n"), 0o600); err != nil {
			t.Skip("skipped: the file system takes no such names: ", err)
		}
		args = append(args, path)
	}
	var out, errs bytes.Buffer
	a := &app{ctx: context.Background(), in: strings.NewReader(""), out: &out, errs: &errs, getenv: func(string) string { return "" }}
	a.talk = newProgress(a.errs)
	if status := run(a, append([]string{"read", "--json"}, args...)); status != exitDone {
		t.Errorf("status %d: %s", status, errs.String())
	}
	if n := strings.Count(out.String(), "\n"); n != len(args) {
		t.Errorf("%d reports", n)
	}
}
