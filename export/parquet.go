package export

import (
	"io"

	"github.com/parquet-go/parquet-go"
)

// rowsAtOnce is how many rows stand in a group: what is held in memory.
const rowsAtOnce = 50_000

// Parquet writes the table of CSV, with typed columns, as an Apache Parquet file
// compressed with zstd.
func Parquet(w io.Writer, records Records) error {
	out := parquet.NewGenericWriter[row](w, parquet.Compression(&parquet.Zstd), parquet.MaxRowsPerRowGroup(rowsAtOnce),
		parquet.CreatedBy("hearsay", "1", ""))
	rows := make([]row, 0, 512)
	flush := func() error {
		_, err := out.Write(rows)
		rows = rows[:0]
		return err
	}
	for r, err := range records {
		if err != nil {
			return err
		}
		one, err := rowOf(r)
		if err != nil {
			return err
		}
		if rows = append(rows, *one); len(rows) == cap(rows) {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	if err := flush(); err != nil {
		return err
	}
	return out.Close()
}
