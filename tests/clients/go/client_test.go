// A client in Go: code of Debian's protoc-gen-go and protoc-gen-go-grpc over mTLS, googleapis of
// Debian's golang-google-genproto-dev, errors decoded. Built by the target go_client; run by
// with_federation.py.
package client

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/genproto/googleapis/type/date"
	"google.golang.org/genproto/googleapis/type/money"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	economy "puente/economy/v1"
	education "puente/education/v1"
	gateway "puente/gateway/v1"
	labor "puente/labor/v1"
	science "puente/science/v1"
	puente "puente/type/v1"
)

const (
	limit = 30 * time.Second // that a condition may take
	state = "19"             // where no test of a client writes
)

type place struct{ Address string }

var federation struct {
	Gateway place
	Modules map[string]place
	Callers map[string]struct{ Ca, Certificate, Key string }
}

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func TestMain(m *testing.M) {
	file := must(os.ReadFile(os.Getenv("PUENTE_FEDERATION")))
	if err := json.Unmarshal(file, &federation); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// A channel that ends with the test.
func dial(t *testing.T, server, caller string) *grpc.ClientConn {
	files := federation.Callers[caller]
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(must(os.ReadFile(files.Ca))) {
		t.Fatal("no certificate in ", files.Ca)
	}
	tls := credentials.NewTLS(&tls.Config{
		RootCAs:      roots,
		Certificates: []tls.Certificate{must(tls.LoadX509KeyPair(files.Certificate, files.Key))},
	})
	at := federation.Gateway
	if server != "gateway" {
		at = federation.Modules[server]
	}
	return connect(t, at.Address, grpc.WithTransportCredentials(tls))
}

func connect(t *testing.T, address string, security grpc.DialOption) *grpc.ClientConn {
	config := must(os.ReadFile(source("proto/puente/service_config.json")))
	channel := must(grpc.Dial(address, security, grpc.WithDefaultServiceConfig(string(config))))
	t.Cleanup(func() { channel.Close() })
	return channel
}

// A file of the source tree.
func source(path string) string { return filepath.Join(os.Getenv("PUENTE_SOURCE"), path) }

func within(t *testing.T, span time.Duration) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), span)
	t.Cleanup(cancel)
	return ctx
}

func fiveSeconds(t *testing.T) context.Context { return within(t, 5*time.Second) }

func vacancies(t *testing.T) labor.VacancyServiceClient {
	return labor.NewVacancyServiceClient(dial(t, "labor", "agency/labor"))
}

func uuid() string {
	b := make([]byte, 16)
	must(rand.Read(b))
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

func newVacancy() *labor.CreateVacancyRequest {
	id := uuid()
	return &labor.CreateVacancyRequest{
		VacancyId: "go-" + id[:8], RequestId: id,
		Vacancy: &labor.Vacancy{
			Offer: "Técnica en Go", OfferDate: &date.Date{Year: 2026, Month: 3, Day: 2},
			StateCode: "09", MonthlyWage: &money.Money{CurrencyCode: "MXN", Units: 18000},
			Source: "go-client", RecordKind: puente.RecordKind_RECORD_KIND_GENERATED,
		},
	}
}

// What an error says to programs: its ErrorInfo and LocalizedMessage. Fails on another code.
func details(t *testing.T, err error, code codes.Code) (*errdetails.ErrorInfo, *errdetails.LocalizedMessage) {
	if status.Code(err) != code {
		t.Fatalf("%v, but expected %v", err, code)
	}
	var info *errdetails.ErrorInfo
	var message *errdetails.LocalizedMessage
	for _, detail := range status.Convert(err).Details() {
		switch found := detail.(type) {
		case *errdetails.ErrorInfo:
			info = found
		case *errdetails.LocalizedMessage:
			message = found
		}
	}
	return info, message
}

func TestRead(t *testing.T) {
	skills := labor.NewSkillServiceClient(dial(t, "labor", "supplier/portal"))
	skill := must(skills.GetSkill(fiveSeconds(t), &labor.GetSkillRequest{Name: "skills/english"}))
	if skill.Kind != labor.SkillKind_SKILL_KIND_LANGUAGE {
		t.Error(skill)
	}
}

func TestPageLoop(t *testing.T) {
	skills := labor.NewSkillServiceClient(dial(t, "labor", "supplier/portal"))
	found, pages := map[string]bool{}, 0
	for request := (&labor.ListSkillsRequest{PageSize: 7}); pages == 0 || request.PageToken != ""; pages++ {
		page := must(skills.ListSkills(fiveSeconds(t), request))
		for _, skill := range page.Skills {
			if found[skill.Name] {
				t.Error(skill.Name, " twice")
			}
			found[skill.Name] = true
		}
		request.PageToken = page.NextPageToken
	}
	if pages < 2 || !found["skills/english"] {
		t.Error(pages, found)
	}
}

func TestRepeatedWrite(t *testing.T) {
	request, client := newVacancy(), vacancies(t)
	first := must(client.CreateVacancy(fiveSeconds(t), request))
	again := must(client.CreateVacancy(fiveSeconds(t), request))
	if !proto.Equal(first, again) || first.Name != "vacancies/"+request.VacancyId {
		t.Error(first, again)
	}
}

func TestEtagConflict(t *testing.T) {
	client := vacancies(t)
	vacancy := must(client.CreateVacancy(fiveSeconds(t), newVacancy()))
	request := &labor.CloseVacancyRequest{
		Name: vacancy.Name, Reason: labor.CloseReason_CLOSE_REASON_FILLED, Etag: vacancy.Etag + "0"}
	english := metadata.AppendToOutgoingContext(fiveSeconds(t), "accept-language", "en")
	_, err := client.CloseVacancy(english, request)
	info, message := details(t, err, codes.Aborted)
	if info.GetReason() != "ETAG_MISMATCH" || !strings.HasSuffix(info.GetDomain(), "puente") ||
		info.GetMetadata()["name"] != vacancy.Name || message.GetLocale() != "en" {
		t.Error(info, message)
	}
	request.Etag = vacancy.Etag
	closed := must(client.CloseVacancy(fiveSeconds(t), request))
	if closed.State != labor.VacancyState_VACANCY_STATE_CLOSED {
		t.Error(closed)
	}
}

// An upload that has sent its header.
func begin(t *testing.T, ctx context.Context, client labor.VacancyServiceClient) labor.VacancyService_LoadVacanciesClient {
	upload := must(client.LoadVacancies(ctx))
	send(t, upload, &labor.LoadVacanciesRequest{Part: &labor.LoadVacanciesRequest_Header{
		Header: &labor.LoadVacanciesHeader{Profile: "portal-empleo-2020", Source: "go-client",
			RecordKind: puente.RecordKind_RECORD_KIND_GENERATED}}})
	return upload
}

func send(t *testing.T, upload labor.VacancyService_LoadVacanciesClient, message *labor.LoadVacanciesRequest) {
	if err := upload.Send(message); err != nil {
		t.Fatal(err)
	}
}

func sendRows(t *testing.T, upload labor.VacancyService_LoadVacanciesClient, begin, end int) {
	file := string(must(os.ReadFile(source("tests/clients/upload.csv"))))
	head, row, _ := strings.Cut(file, "\n")
	for first := begin; first < end; first += 100 {
		var text strings.Builder
		if first == 0 {
			text.WriteString(head + "\n")
		}
		for number := first; number < first+100; number++ {
			text.WriteString(strings.NewReplacer("NUMBER", fmt.Sprint(number), "STATE", "Tamaulipas").Replace(row))
		}
		send(t, upload, &labor.LoadVacanciesRequest{
			Part: &labor.LoadVacanciesRequest_Content{Content: []byte(text.String())}})
	}
}

// Whether the first chunk of the upload, a thousand rows at once, is stored.
func chunkStored(t *testing.T, client labor.VacancyServiceClient) bool {
	page := must(client.ListVacancies(fiveSeconds(t), &labor.ListVacanciesRequest{
		PageSize: 1000, Filter: `record_kind = GENERATED AND state = OPEN AND state_code = "28"`}))
	for _, vacancy := range page.Vacancies {
		if vacancy.Source == "go-client" {
			return true
		}
	}
	return false
}

func TestDeadlineOfAnUploadThatDoesNotEnd(t *testing.T) {
	upload := begin(t, within(t, 300*time.Millisecond), vacancies(t))
	err := upload.RecvMsg(&labor.LoadVacanciesResponse{})
	details(t, err, codes.DeadlineExceeded)
}

func TestCancelledStreamAndItsRepetition(t *testing.T) {
	client := vacancies(t)
	ctx, cancel := context.WithCancel(within(t, 2*limit))
	upload := begin(t, ctx, client)
	sendRows(t, upload, 0, 1200)
	for until := time.Now().Add(limit); !chunkStored(t, client); {
		if time.Now().After(until) {
			t.Fatal("nothing was stored")
		}
	}
	cancel()
	details(t, upload.RecvMsg(&labor.LoadVacanciesResponse{}), codes.Canceled)
	again := begin(t, within(t, limit), client)
	sendRows(t, again, 0, 1500)
	done := must(again.CloseAndRecv())
	// What had come by then may be stored or not, but for the first chunk; all of it is where the
	// federation has seen this test before.
	if done.LoadedCount+done.UnchangedCount != 1500 || done.UnchangedCount < 1000 {
		t.Error(done)
	}
}

// A copy without what differs from call to call.
func withoutTime(message proto.Message) proto.Message {
	figures := proto.Clone(message)
	fields := figures.ProtoReflect().Descriptor().Fields()
	for _, name := range []protoreflect.Name{"as_of_time", "check_time", "freshness_token"} {
		if field := fields.ByName(name); field != nil {
			figures.ProtoReflect().Clear(field)
		}
	}
	return figures
}

func TestComposedAnswerWithAHoleWhereAnAgencyIsDown(t *testing.T) {
	council := gateway.NewCouncilServiceClient(dial(t, "gateway", "council/cce"))
	overview := must(council.GetOverview(within(t, 2*time.Second), &gateway.GetOverviewRequest{State: state}))
	holes := ""
	check := func(agency string, provenance *gateway.Provenance, figures proto.Message, own func(*grpc.ClientConn) proto.Message) {
		if provenance.GetState() == gateway.SectionState_SECTION_STATE_MISSING {
			if provenance.Failure.GetReason() != "AGENCY_UNAVAILABLE" || figures.ProtoReflect().IsValid() {
				t.Error(agency, provenance, figures)
			}
			holes += provenance.Agency
			return
		}
		if provenance.GetState() != gateway.SectionState_SECTION_STATE_FRESH || provenance.Agency != agency {
			t.Fatal(agency, provenance)
		}
		if told := own(dial(t, agency, "council/cce")); !proto.Equal(withoutTime(figures), withoutTime(told)) {
			t.Error(agency, figures, told)
		}
	}
	ctx := fiveSeconds(t)
	check("economy", overview.Demand.GetProvenance(), overview.Demand.GetSummary(), func(channel *grpc.ClientConn) proto.Message {
		return must(economy.NewDemandServiceClient(channel).GetDemandSummary(
			ctx, &economy.GetDemandSummaryRequest{StateCode: state}))
	})
	check("education", overview.Supply.GetProvenance(), overview.Supply.GetSummary(), func(channel *grpc.ClientConn) proto.Message {
		return must(education.NewMicrocredentialServiceClient(channel).GetSupplySummary(
			ctx, &education.GetSupplySummaryRequest{StateCode: state}))
	})
	check("labor", overview.Employment.GetProvenance(), overview.Employment.GetStatistics(), func(channel *grpc.ClientConn) proto.Message {
		return must(labor.NewVacancyStatisticsServiceClient(channel).GetVacancyStatistics(
			ctx, &labor.GetVacancyStatisticsRequest{StateCodes: []string{state}}))
	})
	check("science", overview.Technology.GetProvenance(), overview.Technology.GetSummary(), func(channel *grpc.ClientConn) proto.Message {
		return must(science.NewSkillSignalServiceClient(channel).GetSignalSummary(
			ctx, &science.GetSignalSummaryRequest{StateCode: state}))
	})
	if holes != os.Getenv("PUENTE_DOWN") {
		t.Error("holes: ", holes)
	}
}

// How often a call reached a server that fails at first, and how it ended.
func callsUntilEnd(t *testing.T, failures int, code codes.Code) (calls int, end codes.Code) {
	answer := func(_ interface{}, stream grpc.ServerStream) error {
		if calls++; calls <= failures {
			return status.Error(code, "not now")
		}
		return stream.SendMsg(&labor.Skill{})
	}
	listener := must(net.Listen("tcp", "127.0.0.1:0"))
	server := grpc.NewServer(grpc.UnknownServiceHandler(answer))
	go server.Serve(listener)
	defer server.Stop() // and with it what still counts
	skills := labor.NewSkillServiceClient(connect(t, listener.Addr().String(), grpc.WithInsecure()))
	_, err := skills.GetSkill(within(t, limit), &labor.GetSkillRequest{})
	return calls, status.Code(err)
}

// The file beside the protos; this library retries only with GRPC_GO_RETRY=on in its environment.
func TestServiceConfig(t *testing.T) {
	for _, expected := range []struct {
		failures int
		code     codes.Code
		calls    int
		end      codes.Code
	}{
		{2, codes.Unavailable, 3, codes.OK},
		{99, codes.Unavailable, 4, codes.Unavailable},
		{1, codes.ResourceExhausted, 1, codes.ResourceExhausted},
	} {
		calls, end := callsUntilEnd(t, expected.failures, expected.code)
		if calls != expected.calls || end != expected.end {
			t.Error(expected, calls, end)
		}
	}
}
