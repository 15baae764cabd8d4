package dev.tumbler.client.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Speaks the protocol of a database as far as the first refusal: no login succeeds. */
public abstract sealed class RefusingServer implements AutoCloseable permits RefusingMySql, RefusingSqlServer {
    private final ServerSocket server;
    private final List<String> users = new CopyOnWriteArrayList<>();

    RefusingServer() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::serve, "refusing-server");
        thread.setDaemon(true);
        thread.start();
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Returns who tried to log in, in order. */
    public List<String> users() {
        return users;
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                refuse(socket);
                // Read on until the client leaves, so that the error is not lost with the connection.
                socket.getInputStream().readAllBytes();
            } catch (IOException e) {
                // The client is gone, or the server closed.
            }
        }
    }

    /** Takes a login, and refuses it. */
    abstract void refuse(Socket socket) throws IOException;

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
