package dev.tumbler.emulator.conformance;

import com.aliyuncs.kms.secretsmanager.client.SecretCacheClient;
import com.aliyuncs.kms.secretsmanager.client.SecretCacheClientBuilder;
import com.aliyuncs.kms.secretsmanager.client.model.RegionInfo;
import com.aliyuncs.kms.secretsmanager.client.model.SecretInfo;
import com.aliyuncs.kms.secretsmanager.client.service.DefaultSecretManagerClientBuilder;

/** A user's program: {@code SecretClientProgram HOST:PORT SECRET_NAME}. */
final class SecretClientProgram {
    private SecretClientProgram() {}

    public static void main(String[] args) throws Exception {
        SecretCacheClient client = SecretCacheClientBuilder.newCacheClientBuilder(
                        DefaultSecretManagerClientBuilder.standard()
                                .withAccessKey(System.getenv("KEY_ID"), System.getenv("KEY_SECRET"))
                                .addRegion(new RegionInfo("cn-hangzhou", args[0]))
                                .build())
                .build();
        SecretInfo secret = client.getSecretInfo(args[1]);
        StringBuilder shown = new StringBuilder();
        for (char c : secret.getSecretValue().toCharArray()) {
            shown.append(c == '\r' ? "\\r" : c == '\n' ? "\\n" : c < 0x80 ? "" + c : String.format("\\u%04x", (int) c));
        }
        System.out.println(secret.getVersionId() + ": " + shown);
        System.exit(0);
    }
}
