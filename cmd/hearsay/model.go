package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"hearsay/annotate"
)

// accurateFile is the name of the accurate model in the user's data folder.
const accurateFile = "accurate.model"

// annotator loads the annotator for values of --model and --actors.
func (a *app) annotator(model, actors string) (*annotate.Annotator, error) {
	annotator, err := annotate.Load()
	if err == nil && actors != "" {
		annotator, err = withActors(annotator, actors)
	}
	if err != nil || model == "fast" {
		return annotator, err
	}
	return a.withModel(annotator, model)
}

// withActors adds the user's table of offices.
func withActors(annotator *annotate.Annotator, path string) (*annotate.Annotator, error) {
	table, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, reason(err))
	}
	return annotator.WithActors(path, table)
}

// reason takes from an error of the file system the path, which is told already.
func reason(err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}

// withModel adds an accurate model.
func (a *app) withModel(annotator *annotate.Annotator, model string) (*annotate.Annotator, error) {
	path := model
	var err error
	if model == "accurate" {
		if path, err = a.dataFile(accurateFile); err != nil {
			return nil, err
		}
	}
	file, err := os.ReadFile(path)
	if err != nil {
		err = reason(err)
		hint := ""
		if errors.Is(err, fs.ErrNotExist) {
			hint = " (train/build.sh makes an accurate model)"
		}
		return nil, fmt.Errorf("%s: %w%s", path, err, hint)
	}
	if annotator, err = annotator.WithAccurate(file); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return annotator, nil
}

// dataFile returns where a file of the user's is kept: the folder hearsay in
// XDG_DATA_HOME or in what stands for it on this system.
func (a *app) dataFile(name string) (string, error) {
	dir := a.getenv("XDG_DATA_HOME")
	if !filepath.IsAbs(dir) {
		var err error
		switch runtime.GOOS {
		case "darwin", "windows":
			dir, err = os.UserConfigDir()
		default:
			dir, err = os.UserHomeDir()
			dir = filepath.Join(dir, ".local", "share")
		}
		if err != nil {
			return "", fmt.Errorf("%s: no data folder: %w", name, err)
		}
	}
	return filepath.Join(dir, "hearsay", name), nil
}
