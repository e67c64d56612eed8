package compare

import "testing"

// TestReadings compares statements with times of the day, temperatures, ranges,
// scores and parts of a whole.
func TestReadings(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want Relation
	}{
		{"the alarm reached the station at half past four on Friday", "“The alarm reached us on Friday at 4.30 p.m.”", Reworded},
		{"the alarm reached the station at 16:30 on Friday", "“The alarm reached us on Friday at 4:30pm.”", Reworded},
		{"the alarm reached the station at a quarter to seven on Friday", "“The alarm reached us on Friday at 6.45 a.m.”", Reworded},
		{"the alarm reached the station at nine on Friday", "“The alarm reached us on Friday at nine o'clock.”", Reworded},
		{"the alarm reached the station at half past four on Friday", "“The alarm reached us on Friday at 5.30 p.m.”", Altered},
		{"the alarm reached the station at 9 a.m. on Friday", "“The alarm reached us on Friday at 9 p.m.”", Altered},
		{"it would reach 104 degrees Fahrenheit in Lisk on Saturday", "“It will reach 40 degrees Celsius in Lisk on Saturday.”", Reworded},
		{"it would reach 104 degrees in Lisk on Saturday", "“It will reach 40 degrees Celsius in Lisk on Saturday.”", Reworded},
		{"it would reach 104 degrees Fahrenheit in Lisk on Saturday", "“It will reach 45 degrees Celsius in Lisk on Saturday.”", Altered},
		{"last year was 1.6 degrees Celsius warmer than the mean", "“Last year was 2.9 degrees Fahrenheit warmer than the mean.”", Reworded},
		{"the team was leading 3-1 when the lights went out", "“We were leading 2-1 when the lights went out.”", Altered},
		{"near misses in the strait have doubled since 2023", "“Near misses in the strait are up by half since 2023.”", Altered},
		{"near misses in the strait have doubled since 2023", "“Near misses in the strait are up by 100 per cent since 2023.”", Reworded},
		{"near misses in the strait have halved since 2023", "“Near misses in the strait have fallen by 50 per cent since 2023.”", Reworded},
		{"between three and five guards watched the gate that night", "“Seven to nine guards watched the gate that night.”", Altered},
		{"the strike had cost the port eleven working days", "“This strike has cost the port seven days.”", Altered},
		{"the plane had fuel for another forty minutes", "“The plane had fuel for four more minutes.”", Altered},
		{"the bank had closed 14 of its 50 branches in the north", "“In the north, 36 of the 50 branches stay open.”", Reworded},
		{"the rules would apply to firms with fewer than 50 workers", "“The rules apply to firms with 50 workers or more.”", Altered},
		{"no fewer than 30 lorries were turned back at Velmo", "“At least 30 lorries were turned back at Velmo.”", Reworded},
	} {
		if v := Wording(krelSaid(t, c.a), krelSaid(t, c.b)); v.Relation != c.want {
			t.Errorf("%s %v, want %s\n\t%s\n\t%s", v.Relation, told(v), c.want, c.a, c.b)
		}
	}
}

// TestSmallWordsApart reads verbs with the object before their small word, and
// negations that others undo.
func TestSmallWordsApart(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want Relation
	}{
		{"bank staff had turned the whole offer down", "“The staff of the bank accepted the offer.”", Altered},
		{"bank staff had turned the whole offer down", "“The staff of the bank did not accept the offer.”", Reworded},
		{"the vote was brought forward to May", "“We have put the vote back to May.”", Altered},
		{"no complaint about the ferry was left unanswered", "“We answered every complaint about the ferry.”", Reworded},
		{"work on the tunnel would not begin before 2027", "“Work on the tunnel begins in 2027 at the earliest.”", Reworded},
		{"hardly anybody in the valley has been vaccinated", "“Few people in the valley have been vaccinated.”", Reworded},
		{"the goalkeeper was fit to play on Sunday", "“The goalkeeper is unfit to play on Sunday.”", Altered},
		{"the law would make it harder to vote in the north", "“The law makes it easier to vote in the north.”", Altered},
		{"he had in the end forgiven the party for the camp", "“I never forgave the party for the camp.”", Altered},
	} {
		if v := Wording(krelSaid(t, c.a), krelSaid(t, c.b)); v.Relation != c.want {
			t.Errorf("%s %v, want %s\n\t%s\n\t%s", v.Relation, told(v), c.want, c.a, c.b)
		}
	}
}
