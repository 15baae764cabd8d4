package dev.tumbler.client.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Speaks the MySQL protocol as far as the first refusal: every login ends with error 1045. */
public final class RefusingMySql extends RefusingServer {
    private static final int CAPABILITIES = 0x0008_A20B; // Protocol 4.1, with a plugin for the password.
    private static final int USER_OFFSET = 32;

    @Override
    void refuse(Socket socket) throws IOException {
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
        users().add(new String(login, USER_OFFSET, end - USER_OFFSET, StandardCharsets.UTF_8));
        ByteArrayOutputStream error = new ByteArrayOutputStream();
        error.writeBytes(new byte[] {(byte) 0xff, 0x15, 0x04});
        error.writeBytes("#28000Access denied".getBytes(StandardCharsets.US_ASCII));
        write(out, sequence + 1, error.toByteArray());
    }

    private static void write(OutputStream out, int sequence, byte[] payload) throws IOException {
        out.write(new byte[] {(byte) payload.length, (byte) (payload.length >> 8), 0, (byte) sequence});
        out.write(payload);
        out.flush();
    }
}
