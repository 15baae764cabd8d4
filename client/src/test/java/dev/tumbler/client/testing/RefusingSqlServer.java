package dev.tumbler.client.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Speaks TDS, without encryption, as far as the first refusal: every login ends with error 18456. Source: MS-TDS. */
public final class RefusingSqlServer extends RefusingServer {
    private static final int HEADER = 8;
    private static final int ANSWER = 0x04;
    private static final int END_OF_MESSAGE = 1;
    private static final int USER_OFFSET = 40;
    private static final int LOGIN_FAILED = 18456;

    @Override
    void refuse(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        OutputStream out = socket.getOutputStream();
        byte[] unused = message(in);
        write(out, preLogin());

        ByteBuffer login = ByteBuffer.wrap(message(in)).order(ByteOrder.LITTLE_ENDIAN);
        int begin = login.getShort(USER_OFFSET);
        int characters = login.getShort(USER_OFFSET + 2);
        users().add(new String(login.array(), begin, characters * 2, StandardCharsets.UTF_16LE));
        write(out, refusal());
    }

    /** Reads the packets of one message. */
    private static byte[] message(DataInputStream in) throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        int status;
        do {
            in.skipNBytes(1);
            status = in.readUnsignedByte();
            int length = in.readUnsignedShort();
            in.skipNBytes(4);
            message.writeBytes(in.readNBytes(length - HEADER));
        } while ((status & END_OF_MESSAGE) == 0);
        return message.toByteArray();
    }

    /** A version, and that there is no encryption. */
    private static byte[] preLogin() {
        return new byte[] {0, 0, 11, 0, 6, 1, 0, 17, 0, 1, (byte) 0xff, 16, 0, 0, 0, 0, 0, 2};
    }

    private static byte[] refusal() {
        byte[] text = "Login failed.".getBytes(StandardCharsets.UTF_16LE);
        byte[] name = "stub".getBytes(StandardCharsets.UTF_16LE);
        ByteBuffer tokens = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
        tokens.put((byte) 0xaa);
        tokens.putShort((short) (4 + 1 + 1 + 2 + text.length + 1 + name.length + 1 + 4));
        tokens.putInt(LOGIN_FAILED);
        tokens.put((byte) 1).put((byte) 14);
        tokens.putShort((short) (text.length / 2)).put(text);
        tokens.put((byte) (name.length / 2)).put(name);
        tokens.put((byte) 0).putInt(1);
        // Done, with an error.
        tokens.put((byte) 0xfd).putShort((short) 2).putShort((short) 0).putLong(0);
        byte[] written = new byte[tokens.position()];
        tokens.flip().get(written);
        return written;
    }

    private static void write(OutputStream out, byte[] payload) throws IOException {
        int length = payload.length + HEADER;
        out.write(new byte[] {ANSWER, END_OF_MESSAGE, (byte) (length >> 8), (byte) length, 0, 0, 1, 0});
        out.write(payload);
        out.flush();
    }
}
