// Command api greets whoever connects.
package main

import (
	"flag"
	"fmt"
	"log"
	"net"
)

func main() {
	address := flag.String("listen", ":8080", "where to listen")
	flag.Parse()
	listener, err := net.Listen("tcp", *address)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("listening at", listener.Addr())
	for {
		connection, err := listener.Accept()
		if err != nil {
			log.Fatal(err)
		}
		greet(connection)
	}
}

func greet(connection net.Conn) {
	fmt.Fprintln(connection, "welcome") // stop: served
	connection.Close()
}
