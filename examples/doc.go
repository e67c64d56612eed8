// Package examples holds example reports in our own words, as text and as
// pages, with their statements marked by hand.
package examples
