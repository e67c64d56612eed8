package fetch

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"time"
)

// ErrAddress is the error of a host that is not on the public internet.
var ErrAddress = errors.New("is no address of the public internet")

// forbidden are the ranges that are not on the public internet, or that no
// server of the web stands in.
var forbidden = ranges(
	"0.0.0.0/8",          // this network
	"10.0.0.0/8",         // private
	"100.64.0.0/10",      // behind a carrier's NAT
	"127.0.0.0/8",        // loopback
	"169.254.0.0/16",     // link-local; the metadata of clouds
	"172.16.0.0/12",      // private
	"192.0.0.0/24",       // assignments of the protocols
	"192.0.2.0/24",       // documentation
	"192.31.196.0/24",    // AS112
	"192.52.193.0/24",    // AMT
	"192.88.99.0/24",     // 6to4 relays, given up
	"192.168.0.0/16",     // private
	"192.175.48.0/24",    // AS112
	"198.18.0.0/15",      // measuring
	"198.51.100.0/24",    // documentation
	"203.0.113.0/24",     // documentation
	"224.0.0.0/4",        // multicast
	"240.0.0.0/4",        // reserved; broadcast
	"168.63.129.16/32",   // the metadata of Azure
	"100.100.100.200/32", // and of Alibaba

	"::/128", "::1/128",
	"100::/64", "100:0:0:1::/64", // discarded
	"2001::/23",     // assignments of the protocols; of Teredo see inner
	"2001:db8::/32", // documentation
	"3fff::/20",     // documentation
	"5f00::/16",     // segment routing
	"64:ff9b:1::/48",
	"fc00::/7",  // private; the metadata of AWS
	"fe80::/10", // link-local
	"fec0::/10", // site-local
	"ff00::/8",  // multicast
)

func ranges(list ...string) []netip.Prefix {
	var out []netip.Prefix
	for _, s := range list {
		out = append(out, netip.MustParsePrefix(s))
	}
	return out
}

// public reports whether an address is on the public internet. One that has an
// IPv4 address in it must be so itself and by the inner one.
func public(a netip.Addr) bool {
	a = a.WithZone("").Unmap()
	if !a.IsValid() {
		return false
	}
	if v4, wraps := inner(a); wraps {
		return public(v4)
	}
	for _, r := range forbidden {
		if r.Contains(a) {
			return false
		}
	}
	return a.Is4() || unicast.Contains(a) // all else of IPv6 is not given out yet
}

var (
	unicast = netip.MustParsePrefix("2000::/3")
	nat64   = netip.MustParsePrefix("64:ff9b::/96")
	sixTo4  = netip.MustParsePrefix("2002::/16")
	teredo  = netip.MustParsePrefix("2001::/32")
	compat  = netip.MustParsePrefix("::/96")
)

// inner returns the IPv4 address that an IPv6 address stands for or leads to.
func inner(a netip.Addr) (v4 netip.Addr, wraps bool) {
	if a.Is4() {
		return a, false
	}
	b := a.As16()
	switch {
	case nat64.Contains(a), compat.Contains(a):
		return netip.AddrFrom4([4]byte(b[12:16])), true
	case sixTo4.Contains(a):
		return netip.AddrFrom4([4]byte(b[2:6])), true
	case teredo.Contains(a):
		return netip.AddrFrom4([4]byte{^b[12], ^b[13], ^b[14], ^b[15]}), true
	case b[8]&^3 == 0 && b[9] == 0 && b[10] == 0x5e && b[11] == 0xfe: // ISATAP
		return netip.AddrFrom4([4]byte(b[12:16])), true
	}
	return a, false
}

// dial connects to a host of the public internet. What is judged is the very
// address that is dialled, after the names were looked up, so that a name
// cannot stand for another address the next time.
func (c *Client) dial(ctx context.Context, network, address string) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, dialTime)
	defer cancel()
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	addrs, err := c.addresses(ctx, host)
	if err == nil && !c.isProxy(host) {
		err = c.judge(host, addrs)
	}
	if err != nil {
		return nil, err
	}
	var last error
	for i, a := range addrs {
		conn, err := c.dialOne(ctx, len(addrs)-i, network, net.JoinHostPort(a.String(), port))
		if err == nil {
			return conn, nil
		}
		last = cmp.Or(last, err)
	}
	return nil, last
}

// addresses returns the addresses of a host.
func (c *Client) addresses(ctx context.Context, host string) ([]netip.Addr, error) {
	addrs := make([]netip.Addr, 1)
	var err error
	if addrs[0], err = netip.ParseAddr(host); err != nil {
		if addrs, err = c.lookup(ctx, host); err != nil {
			return nil, err
		}
	}
	if len(addrs) == 0 {
		return nil, fmt.Errorf("%s has no address", host)
	}
	return addrs, nil
}

// judge refuses the addresses of a host if one of them is not public.
func (c *Client) judge(host string, addrs []netip.Addr) error {
	for _, a := range addrs {
		if !c.opt.AllowPrivate && !public(a) {
			if a.String() == host {
				return fmt.Errorf("%v %w", a, ErrAddress)
			}
			return fmt.Errorf("%s (%v) %w", host, a, ErrAddress)
		}
	}
	return nil
}

// proxy returns the proxy for a request, and notes that it may be dialled.
func (c *Client) proxy(r *http.Request) (*url.URL, error) {
	p, err := http.ProxyFromEnvironment(r)
	if p == nil || err != nil {
		return p, err
	}
	if a, err := netip.ParseAddr(r.URL.Hostname()); err == nil {
		if err := c.judge(r.URL.Hostname(), []netip.Addr{a}); err != nil {
			return nil, err
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.proxies[p.Hostname()] = true
	return p, nil
}

func (c *Client) isProxy(host string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.proxies[host]
}

// dialOne dials one address, in its share of the time for all of them.
func (c *Client) dialOne(ctx context.Context, left int, network, address string) (net.Conn, error) {
	if end, ok := ctx.Deadline(); ok {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, time.Until(end)/time.Duration(left))
		defer cancel()
	}
	return c.connect(ctx, network, address)
}
