package dev.tumbler.emulator.gateway.openapi;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The two forms of an answer. */
enum AnswerFormat {
    /** Raw UTF-8 without escapes that the classic SDK cannot read. */
    JSON("application/json;charset=utf-8") {
        @Override
        byte[] render(String rootElement, JsonObject answer) {
            return Json.write(answer).getBytes(StandardCharsets.UTF_8);
        }
    },

    /** Lists are repeated elements. */
    XML("application/xml;charset=utf-8") {
        @Override
        byte[] render(String rootElement, JsonObject answer) {
            StringWriter text = new StringWriter();
            try {
                XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
                xml.writeStartDocument("UTF-8", "1.0");
                writeElement(xml, rootElement, answer);
                xml.writeEndDocument();
                xml.close();
            } catch (XMLStreamException e) {
                throw new IllegalStateException("The answer could not be written as XML", e);
            }
            return text.toString().getBytes(StandardCharsets.UTF_8);
        }
    };

    private final String contentType;

    AnswerFormat(String contentType) {
        this.contentType = contentType;
    }

    String contentType() {
        return contentType;
    }

    /** The bytes of an answer; {@code rootElement} is for XML only. */
    abstract byte[] render(String rootElement, JsonObject answer);

    private static void writeElement(XMLStreamWriter xml, String name, JsonElement element) throws XMLStreamException {
        if (element instanceof JsonArray array) {
            for (JsonElement item : array) {
                writeElement(xml, name, item);
            }
            return;
        }
        xml.writeStartElement(name);
        if (element instanceof JsonObject object) {
            for (Map.Entry<String, JsonElement> member : object.entrySet()) {
                writeElement(xml, member.getKey(), member.getValue());
            }
        } else {
            writeText(xml, element.getAsString());
        }
        xml.writeEndElement();
    }

    /** A parser turns a raw CR into LF, which would change PEM keys; and some characters cannot be said at all. */
    private static void writeText(XMLStreamWriter xml, String text) throws XMLStreamException {
        StringBuilder run = new StringBuilder();
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (c == '\r') {
                xml.writeCharacters(run.toString());
                run.setLength(0);
                xml.writeEntityRef("#13");
            } else {
                run.appendCodePoint(isXml(c) ? c : '\uFFFD');
            }
        }
        xml.writeCharacters(run.toString());
    }

    private static boolean isXml(int c) {
        return c == '\t' || c == '\n' || (c >= 0x20 && c <= 0xD7FF) || (c >= 0xE000 && c <= 0xFFFD) || c >= 0x10000;
    }
}
