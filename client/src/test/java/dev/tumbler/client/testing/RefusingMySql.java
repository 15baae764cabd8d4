package dev.tumbler.client.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Speaks the MySQL protocol as far as the first refusal: every login ends with error 1045. */
public final class RefusingMySql implements AutoCloseable {
    private static final int CAPABILITIES = 0x0008_A20B; // Protocol 4.1, with a plugin for the password.
    private static final int USER_OFFSET = 32;

    private final ServerSocket server;
    private final List<String> users = new CopyOnWriteArrayList<>();

    public RefusingMySql() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::serve, "refusing-mysql");
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
            } catch (IOException e) {
                // The client is gone, or the server closed.
            }
        }
    }

    private void refuse(Socket socket) throws IOException {
        OutputStream out = socket.getOutputStream();
        ByteArrayOutputStream hello = new ByteArrayOutputStream();
        hello.write(10);
        hello.writeBytes("8.0.33\0".getBytes(StandardCharsets.US_ASCII));
        hello.writeBytes(new byte[] {1, 0, 0, 0});
        hello.writeBytes("12345678\0".getBytes(StandardCharsets.US_ASCII));
        hello.writeBytes(new byte[] {(byte) CAPABILITIES, (byte) (CAPABILITIES >> 8)});
        hello.writeBytes(new byte[] {45, 2, 0});
        hello.writeBytes(new byte[] {(byte) (CAPABILITIES >> 16), (byte) (CAPABILITIES >> 24), 21});
        hello.writeBytes(new byte[10]);
        hello.writeBytes("123456789012\0caching_sha2_password\0".getBytes(StandardCharsets.US_ASCII));
        write(out, 0, hello.toByteArray());

        DataInputStream in = new DataInputStream(socket.getInputStream());
        int length = in.readUnsignedByte() | in.readUnsignedByte() << 8 | in.readUnsignedByte() << 16;
        int sequence = in.readUnsignedByte();
        byte[] login = in.readNBytes(length);
        int end = USER_OFFSET;
        while (login[end] != 0) {
            end++;
        }
        users.add(new String(login, USER_OFFSET, end - USER_OFFSET, StandardCharsets.UTF_8));
        ByteArrayOutputStream error = new ByteArrayOutputStream();
        error.writeBytes(new byte[] {(byte) 0xff, 0x15, 0x04});
        error.writeBytes("#28000Access denied".getBytes(StandardCharsets.US_ASCII));
        write(out, sequence + 1, error.toByteArray());
        // Read on until the client leaves, so that the error is not lost with the connection.
        in.readAllBytes();
    }

    private static void write(OutputStream out, int sequence, byte[] payload) throws IOException {
        out.write(new byte[] {(byte) payload.length, (byte) (payload.length >> 8), 0, (byte) sequence});
        out.write(payload);
        out.flush();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
