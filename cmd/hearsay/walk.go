package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// reportNames are the ends of the names of files that are taken from a folder.
var reportNames = []string{".txt", ".text", ".html", ".htm", ".xhtml", ".json", ".jsonl", ".ndjson", ".warc", ".xml", ".rss", ".atom"}

// packedNames may stand behind them.
var packedNames = []string{".gz", ".zst"}

// A walk is what paths lead to.
type walk struct {
	files  []string // in order: those of a folder by name
	online []string // addresses
	bytes  int64    // of all whose size is known
	others int      // files in folders that are left out for their names
	errs   []error  // folders that cannot be read
}

// walkAll finds the files of paths: a folder stands for the reports in it and
// in the folders within. Links are not followed from there, and names that begin
// with a dot are left out.
func walkAll(paths []string) walk {
	var w walk
	for _, path := range paths {
		if isAddress(path) {
			w.online = append(w.online, path)
			continue
		}
		info, err := os.Stat(path)
		switch {
		case path == "-" || err != nil: // whoever opens it says what is wrong
			w.files = append(w.files, path)
		case info.IsDir():
			w.folder(path)
		default:
			w.files = append(w.files, path)
			w.bytes += info.Size()
		}
	}
	return w
}

func (w *walk) folder(root string) {
	inside, err := filepath.EvalSymlinks(root) // a folder named by the user may be a link
	if err != nil {
		w.errs = append(w.errs, fmt.Errorf("%s: %w", root, reason(err)))
		return
	}
	filepath.WalkDir(inside, func(path string, d fs.DirEntry, err error) error {
		shown := filepath.Join(root, strings.TrimPrefix(path, inside))
		switch {
		case err != nil:
			w.errs = append(w.errs, fmt.Errorf("%s: %w", shown, reason(err)))
			return nil
		case path != inside && strings.HasPrefix(d.Name(), "."):
			if d.IsDir() {
				return filepath.SkipDir
			}
		case d.IsDir():
		case !d.Type().IsRegular() || !isReportName(d.Name()):
			w.others++
		default:
			w.files = append(w.files, shown)
			if info, err := d.Info(); err == nil {
				w.bytes += info.Size()
			}
		}
		return nil
	})
}

// isReportName reports whether a file in a folder is taken for reports.
func isReportName(name string) bool {
	name = strings.ToLower(name)
	for _, end := range packedNames {
		name = strings.TrimSuffix(name, end)
	}
	return slices.Contains(reportNames, filepath.Ext(name))
}
