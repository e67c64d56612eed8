package main

import (
	"bufio"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// newsFiles are the files of open-news that hold news; the others hold press
// releases.
var newsFiles = []string{"wikinews.jsonl.gz", "wikipedia-current-events.jsonl.gz", "us-doj.jsonl.gz", "us-state-department.jsonl.gz"}

var pressFiles = []string{"us-congress.jsonl.gz", "us-senate-2005-2007.jsonl.gz"}

// unmarked returns the texts of the corpora that nobody marked.
func unmarked(corpora string) (news, press []string, err error) {
	for _, f := range newsFiles {
		if news, err = jsonLines(news, filepath.Join(corpora, "open-news", f)); err != nil {
			return nil, nil, err
		}
	}
	files, err := filepath.Glob(filepath.Join(corpora, "wikinews", "*.csv"))
	if err != nil {
		return nil, nil, err
	}
	for _, f := range files {
		if news, err = table(news, f); err != nil {
			return nil, nil, err
		}
	}
	for _, f := range pressFiles {
		if press, err = jsonLines(press, filepath.Join(corpora, "open-news", f)); err != nil {
			return nil, nil, err
		}
	}
	return news, press, nil
}

// A record is an article of the unmarked corpora.
type record struct{ Title, Text string }

func (r record) whole() string {
	if r.Title == "" {
		return r.Text
	}
	return r.Title + "\n\n" + r.Text
}

func jsonLines(texts []string, path string) ([]string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(bufio.NewReader(f))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	for d := json.NewDecoder(z); ; {
		var r record
		if err := d.Decode(&r); errors.Is(err, io.EOF) {
			return texts, nil
		} else if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		texts = append(texts, r.whole())
	}
}

// table reads a CSV file with columns title and text.
func table(texts []string, path string) ([]string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows := csv.NewReader(f)
	head, err := rows.Read()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	column := map[string]int{}
	for i, name := range head {
		column[name] = i
	}
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return texts, nil
		} else if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		texts = append(texts, record{row[column["title"]], row[column["text"]]}.whole())
	}
}
