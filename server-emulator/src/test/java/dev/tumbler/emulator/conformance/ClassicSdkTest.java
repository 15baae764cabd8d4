package dev.tumbler.emulator.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aliyuncs.AcsRequest;
import com.aliyuncs.DefaultAcsClient;
import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.exceptions.ServerException;
import com.aliyuncs.http.FormatType;
import com.aliyuncs.http.ProtocolType;
import com.aliyuncs.kms.model.v20160120.CreateSecretRequest;
import com.aliyuncs.kms.model.v20160120.DescribeSecretRequest;
import com.aliyuncs.kms.model.v20160120.GetSecretValueRequest;
import com.aliyuncs.kms.model.v20160120.GetSecretValueResponse;
import com.aliyuncs.kms.model.v20160120.ListSecretsRequest;
import com.aliyuncs.kms.model.v20160120.RotateSecretRequest;
import com.aliyuncs.profile.DefaultProfile;
import dev.tumbler.emulator.KmsEmulator;
import dev.tumbler.emulator.ram.AccessKey;
import dev.tumbler.emulator.rds.RdsEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The unmodified classic SDK, {@code com.aliyun:aliyun-java-sdk-kms}, with a registered key. */
@Timeout(60)
class ClassicSdkTest {
    private final KmsEmulator kms = KmsEmulator.start();
    private final AccessKey key = kms.createAccessKey();
    private final DefaultAcsClient client = client(key.secret());

    @AfterEach
    void stop() {
        kms.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = FormatType.class,
            names = {"JSON", "XML"})
    void genericSecret_eitherFormat_comesBackAsItWasPut(FormatType format) throws Exception {
        String value = "PEM line 1\r\nline 2\n\ttab <tag> & ' \" \\ = 密码 +*~%";
        CreateSecretRequest create = to(new CreateSecretRequest());
        create.setSecretName("a/b");
        create.setVersionId("v1");
        create.setSecretData(value);
        create.setAcceptFormat(format);
        assertThat(client.getAcsResponse(create).getArn()).isEqualTo("acs:kms:cn-hangzhou:1234567890123456:secret/a/b");

        GetSecretValueResponse read = get("a/b", format);
        assertThat(read.getSecretData()).isEqualTo(value);
        assertThat(read.getVersionStages()).containsExactly("ACSCurrent");

        ListSecretsRequest list = to(new ListSecretsRequest());
        list.setAcceptFormat(format);
        assertThat(client.getAcsResponse(list).getSecretList())
                .extracting("secretName")
                .containsExactly("a/b");
    }

    @ParameterizedTest
    @EnumSource(
            value = FormatType.class,
            names = {"JSON", "XML"})
    void rdsSecret_rotated_isReadWithItsExtendedConfig(FormatType format) throws Exception {
        kms.rds().add("rm-1", RdsEngine.POSTGRESQL).createAccount("orders", "First-pass-1");
        CreateSecretRequest create = to(new CreateSecretRequest());
        create.setSecretName("orders/db");
        create.setVersionId("v1");
        create.setSecretType("Rds");
        create.setSecretData("{\"Accounts\":[{\"AccountName\":\"orders\",\"AccountPassword\":\"First-pass-1\"}]}");
        create.setExtendedConfig("{\"SecretSubType\":\"DoubleUsers\",\"DBInstanceId\":\"rm-1\"}");
        client.getAcsResponse(create);

        RotateSecretRequest rotate = to(new RotateSecretRequest());
        rotate.setSecretName("orders/db");
        rotate.setVersionId("v2");
        rotate.setAcceptFormat(format);
        assertThat(client.getAcsResponse(rotate).getVersionId()).isEqualTo("v2");

        GetSecretValueResponse read = get("orders/db", format);
        assertThat(read.getSecretType()).isEqualTo("Rds");
        assertThat(read.getSecretData()).startsWith("{\"AccountName\":\"orders_clone\"");
        assertThat(read.getExtendedConfig())
                .isEqualTo("{\"SecretSubType\":\"DoubleUsers\",\"DBInstanceId\":\"rm-1\",\"CustomData\":{}}");
        assertThat(read.getAutomaticRotation()).isEqualTo("Disabled");
    }

    @Test
    void unknownSecret_isTheSdksClientException() {
        DescribeSecretRequest describe = to(new DescribeSecretRequest());
        describe.setSecretName("nobody");
        assertThatThrownBy(() -> client.getAcsResponse(describe)).isInstanceOfSatisfying(ClientException.class, e -> {
            assertThat(e.getErrCode()).isEqualTo("Forbidden.ResourceNotFound");
            assertThat(e.getErrMsg()).startsWith("Resource not found");
            assertThat(e.getRequestId()).hasSize(36);
        });
    }

    @Test
    void failedRotation_isTheSdksServerException() throws Exception {
        kms.rds().add("rm-1", RdsEngine.POSTGRESQL);
        CreateSecretRequest create = to(new CreateSecretRequest());
        create.setSecretName("orders/db");
        create.setVersionId("v1");
        create.setSecretType("Rds");
        create.setSecretData("{\"Accounts\":[{\"AccountName\":\"orders\",\"AccountPassword\":\"First-pass-1\"}]}");
        create.setExtendedConfig("{\"SecretSubType\":\"DoubleUsers\",\"DBInstanceId\":\"rm-1\"}");
        client.getAcsResponse(create);
        RotateSecretRequest rotate = to(new RotateSecretRequest());
        rotate.setSecretName("orders/db");
        rotate.setVersionId("v2");
        assertThatThrownBy(() -> client.getAcsResponse(rotate)).isInstanceOfSatisfying(ServerException.class, e -> {
            assertThat(e.getErrCode()).isEqualTo("InternalFailure");
            assertThat(e.getErrMsg()).contains("rotation of \"orders/db\" failed", "\"orders\"");
        });
    }

    /** The SDK compares the server's string-to-sign with its own, to the last character of the message. */
    @Test
    void wrongAccessKeySecret_isRecognizedAsSuchByTheSdk() {
        DefaultAcsClient wrong = client("not-the-secret");
        GetSecretValueRequest get = to(new GetSecretValueRequest());
        get.setSecretName("a");
        assertThatThrownBy(() -> wrong.getAcsResponse(get))
                .isInstanceOfSatisfying(
                        ClientException.class, e -> assertThat(e.getErrCode()).isEqualTo("SDK.InvalidAccessKeySecret"));
    }

    private GetSecretValueResponse get(String name, FormatType format) throws ClientException {
        GetSecretValueRequest get = to(new GetSecretValueRequest());
        get.setSecretName(name);
        get.setFetchExtendedConfig(true);
        get.setAcceptFormat(format);
        return client.getAcsResponse(get);
    }

    private <T extends AcsRequest<?>> T to(T request) {
        request.setSysEndpoint(kms.hostAndPort());
        request.setSysProtocol(ProtocolType.HTTP);
        return request;
    }

    private DefaultAcsClient client(String secret) {
        return new DefaultAcsClient(DefaultProfile.getProfile("cn-hangzhou", key.id(), secret));
    }
}
